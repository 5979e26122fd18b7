import Demonstration
import Foundation
import Vocabulary

/// The platform companies fill their forms, hand in lists and evidence, and submit.
struct DemoForms: Sendable {
    let driver: DemoDriver
    let field: DemonstrationField

    func run() async throws {
        guard try await driver.roundState() == "open" else { return }
        let (driver, field) = (driver, field)
        let counter = DemoCounter()
        try await forEachConcurrently(field.platforms, limit: driver.setting.connections) { platform in
            let address = driver.address + "/platforms/\(platform.id)"
            let manager = DemoSetup.manager(of: platform)
            let seen = try await driver.office.ask(.get(address + "/submission"), as: manager)
            if seen.json?["state"]?.text == "draft" {
                for cell in field.cells(of: platform) {
                    try await fill(cell, at: address + "/cells/\(cell.indicator)", as: manager)
                }
                try await driver.office.ask(
                    .json("POST", address + "/submission/actions", ["action": "submit"]), as: manager, accepting: [409])
            }
            let done = await counter.next()
            if done % 10 == 0 || done == field.platforms.count {
                driver.progress.say("demo.forms_filled", ["done": "\(done)", "all": "\(field.platforms.count)"])
            }
        }
    }

    private func fill(_ cell: UploadCell, at address: String, as manager: String) async throws {
        let office = driver.office
        if let items = cell.items {
            let tag = try await tag(of: address + "/items", as: manager)
            // A list that is there was sent before the run was broken off.
            if tag == "\"0\"" {
                try await office.ask(
                    DemoRequest(
                        method: "PUT", path: address + "/items", body: Data(items.table.utf8),
                        headers: ["Content-Type": "text/csv; charset=utf-8", "If-Match": tag]), as: manager,
                    accepting: [412])
            }
        }
        try await attach(cell.evidence, at: address + "/evidence", as: manager)
        if !cell.typed.isEmpty {
            let tag = try await tag(of: address + "/declared", as: manager)
            let body: DemoJSON = ["values": DemoForms.values(cell.typed)]
            try await office.ask(
                .json("PUT", address + "/declared", body, ifMatch: tag), as: manager, accepting: [412])
        }
    }

    private func attach(_ documents: [EvidenceDocument], at address: String, as manager: String) async throws {
        guard !documents.isEmpty else { return }
        let seen = try await driver.office.ask(.get(address), as: manager).json
        let names = Set((seen?["items"]?.list ?? []).compactMap { $0["name"]?.text })
        for document in documents where !names.contains(document.name) {
            let query = "?name=\(document.name)&requirement=\(document.requirement)"
            try await driver.office.ask(
                DemoRequest(
                    method: "POST", path: address + query, body: Data(document.bytes),
                    headers: ["Content-Type": "application/pdf"]), as: manager, accepting: [409])
        }
    }

    private func tag(of address: String, as manager: String) async throws -> String {
        let answer = try await driver.office.ask(.get(address), as: manager)
        return answer.headers["etag"] ?? "\"0\""
    }

    /// Values as JSON numbers with their digits.
    static func values(_ values: [String: ExactDecimal]) -> DemoJSON {
        var fields: [String: DemoJSON] = [:]
        for (id, value) in values { fields[id] = .number(Decimal(string: value.description) ?? 0) }
        return .object(fields)
    }
}

/// Counts what is done, for progress.
actor DemoCounter {
    private var count = 0

    func next() -> Int {
        count += 1
        return count
    }
}
