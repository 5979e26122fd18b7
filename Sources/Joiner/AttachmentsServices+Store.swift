import Foundation
import Store
import Submit
import Web

extension AttachmentsServices {
    /// The area on the real stores. `HENG_CLAMD` names the antivirus daemon's socket or `host:port`.
    static func joined(_ stores: JoinedStores) throws -> AttachmentsServices {
        var services = AttachmentsServices()
        let uploads = FileUploadStore(stores.database, path: stores.folder + "/uploads")
        let readings = SQLiteReadingStore(stores.database)
        let clamd = ProcessInfo.processInfo.environment["HENG_CLAMD"].flatMap { $0.isEmpty ? nil : $0 }
        let reading = ReadingWork(
            readings: readings, evidence: stores.cells.evidence,
            reader: ToolEvidenceReader(folder: stores.folder + "/reading"),
            scanner: clamd.map { ClamScanner(address: $0) }, rounds: stores.rounds, schemes: stores.schemes,
            clock: stores.clock,
            messages: SQLiteMessageDesk(
                stores.database, random: stores.random, channels: Set(stores.channels.map(\.name))))
        services.uploads = uploads
        services.readings = readings
        services.painter = PreviewFolder(path: stores.folder + "/previews")
        services.reading = reading
        services.guards = [QuarantineGuard(evidence: stores.cells.evidence, readings: readings)]
        services.isScanned = clamd != nil
        services.scannerHealth = reading.health
        services.signals = [AttachmentSignals(readings, rounds: stores.rounds, clock: stores.clock)]
        services.background = [UploadSweep(uploads, clock: stores.clock), reading]
        return services
    }
}
