import ArgumentParser
import Foundation
import Store
import Vocabulary
import Wording

/// `heng doctor`: looks through a data folder; what is damaged is named and counted nowhere.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check every byte of the port's files in a data folder.")

    @Option(help: "Folder that holds everything the server keeps.")
    var data = "data"
    @Option(help: "Language of what is printed: zh or en.")
    var lang = "zh"

    func run() async throws {
        try await Terminal.reporting(lang) {
            let folder = try DataFolder(data, creating: false)
            let found = try await SQLiteRecordStore(folder.database).inspect(at: folder.clock.now())
            let catalogue = Catalogue.of(Terminal.language(lang))
            let perMillion =
                found.setFacts > 0
                ? String(format: "%.2f", Double(found.setBytes) / Double(found.setFacts)) : "0"
            print(
                catalogue.text(
                    "collect.doctor.port",
                    [
                        "batches": "\(found.batches)", "bytes": "\(found.batchBytes)", "sets": "\(found.sets)",
                        "facts": "\(found.setFacts)", "setBytes": "\(found.setBytes)", "perMillion": perMillion,
                    ]))
            if found.damages.isEmpty {
                print(catalogue.text("collect.doctor.sound"))
                return
            }
            for damage in found.damages {
                print(
                    catalogue.text(
                        "collect.doctor.damage",
                        [
                            "file": damage.file, "offset": "\(damage.offset)", "batch": damage.batch ?? "·",
                            "reason": damage.reason,
                        ]))
            }
            print(catalogue.text("collect.doctor.findings", ["count": "\(found.damages.count)"]))
            throw ExitCode(1)
        }
    }
}
