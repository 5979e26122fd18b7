import Demonstration
import Foundation
import Vocabulary

/// Matching, registry, computation, panel, notice, publication.
struct DemoResult: Sendable {
    let driver: DemoDriver
    let field: DemonstrationField

    func run() async throws {
        let office = driver.office
        if try await driver.roundState() == "evaluating" {
            let title = DemoTexts(language: .zhHans).text("demo.registry_title")
            try await DemoRegistry.serving(
                field.registryTable, title: title, asOf: field.cutOff, port: driver.setting.registryPort
            ) {
                try await office.ask(.json("POST", driver.address + "/matches", [:]), as: "operator")
                driver.progress.say("demo.matched")
                let asked = try await office.ask(
                    .json("POST", driver.address + "/registry-lookups", [:]), as: "operator")
                driver.progress.say(
                    "demo.registry_asked",
                    [
                        "asked": "\(asked.json?["asked"]?.whole ?? 0)",
                        "answered": "\(asked.json?["answered"]?.whole ?? 0)",
                        "waiting": "\(asked.json?["waiting"]?.whole ?? 0)",
                    ])
                try await compute()
            }
        }
        let review = DemoReview(driver: driver, field: field)
        try await review.advance(to: "expert-review")
        try await driver.move(to: "panel")
        try await review.advance(to: "settled")
        try await driver.move(to: "notice")
        try await review.advance(to: "published")
        try await driver.move(to: "published")
        try await announce()
    }

    /// Starts a computation and waits for its end; one that a killed server left behind is begun anew.
    private func compute() async throws {
        let address = driver.address + "/computations"
        var id = try await started(address)
        while true {
            let seen = try await driver.office.ask(.get(address + "/\(id)"), as: "operator")
            switch seen.json?["state"]?.text ?? "" {
            case "finished":
                driver.progress.say("demo.computed", ["waiting": "\(seen.json?["waitingCount"]?.whole ?? 0)"])
                return
            case "failed":
                throw Failure("demo.computation_failed", ["said": seen.json?["message"]?.text ?? ""])
            case "interrupted", "stopped": id = try await started(address)
            default: break
            }
            try await Task.sleep(nanoseconds: 200_000_000)
        }
    }

    /// The number of a computation that runs: a new one, or the one that is under way.
    private func started(_ address: String) async throws -> String {
        while true {
            let request = DemoRequest.json("POST", address, [:])
            let answer = try await driver.office.ask(request, as: "operator", accepting: [409])
            if let id = answer.json?["id"]?.text { return id }
            let runs = try await driver.office.ask(.get(address), as: "operator").json?["items"]?.list ?? []
            if let run = runs.first(where: { $0["state"]?.text == "running" }), let id = run["id"]?.text { return id }
            guard answer.problemCode == "evaluate.already_running" else { throw DemoOffice.refusal(request, answer) }
        }
    }

    private func announce() async throws {
        let result = try await driver.office.ask(.get(driver.address + "/result")).json
        let units = (result?["units"]?.list ?? []).filter { ($0["rank"]?.whole ?? 99) <= 3 }
        for unit in units.sorted(by: { ($0["rank"]?.whole ?? 0) < ($1["rank"]?.whole ?? 0) }) {
            let platform = field.platforms.first { $0.id.rawValue == unit["unit"]?.text }
            var total = ""
            if case .number(let value)? = unit["total"] { total = "\(value)" }
            driver.progress.say(
                "demo.ranked",
                [
                    "rank": "\(unit["rank"]?.whole ?? 0)", "platform": platform?.name ?? unit["unit"]?.text ?? "",
                    "total": total,
                ])
        }
        driver.progress.say("demo.published", ["round": driver.setting.round.rawValue])
    }
}
