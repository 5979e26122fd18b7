import Demonstration
import Foundation
import Scheme
import Vocabulary

/// The demonstration from the first account to the published result.
///
/// Every step looks at what is there before it acts, so that a run that was broken off goes on where it stopped, and a
/// run over a finished round says so and does nothing.
struct DemoDriver: Sendable {
    let setting: DemoSetting
    let office: DemoOffice
    let progress: DemoProgress

    var address: String { "/api/v1/rounds/\(setting.round)" }

    func run() async throws {
        if try await roundState() == "published" {
            progress.say("demo.already_published", ["round": setting.round.rawValue])
            return
        }
        let field = try await field()
        progress.say(
            "demo.field_made",
            ["platforms": "\(field.platforms.count)", "seed": "\(setting.seed)", "round": setting.round.rawValue])
        try await DemoSetup(driver: self, field: field).run()
        try await DemoPort(driver: self, field: field).run()
        try await DemoForms(driver: self, field: field).run()
        try await DemoReview(driver: self, field: field).run()
        if setting.leavesComputing {
            progress.say("demo.computing_left", ["round": setting.round.rawValue])
            return
        }
        try await DemoResult(driver: self, field: field).run()
    }

    /// The round's state; nil before it is made.
    func roundState() async throws -> String? {
        let answer = try await office.ask(.get(address), as: "admin", accepting: [403, 404])
        return answer.json?["state"]?.text
    }

    /// The field, made from the very scheme file that the server runs on.
    private func field() async throws -> DemonstrationField {
        let answer = try await office.ask(.get("/api/v1/schemes/\(setting.scheme)/file"), as: nil)
        guard let scheme = SchemeReader.read(bytes: Array(answer.body)).scheme else {
            throw Failure("demo.scheme_unreadable", ["scheme": setting.scheme])
        }
        return try DemonstrationField.make(platforms: setting.platforms, seed: setting.seed, scheme: scheme)
    }

    /// Moves the round along to the state, by the actions in between; does nothing when it is there or beyond.
    func move(to target: String) async throws {
        let line: [(state: String, action: String, account: String)] = [
            ("open", "open", "operator"), ("reviewing", "review", "operator"), ("evaluating", "evaluate", "operator"),
            ("panel", "panel", "operator"), ("notice", "notice", "operator"), ("published", "publish", "approver"),
        ]
        let names = ["preparing"] + line.map(\.state)
        guard let goal = names.firstIndex(of: target) else { return }
        for step in line.prefix(goal) {
            let answer = try await office.ask(.get(address), as: "operator")
            let state = answer.json?["state"]?.text ?? ""
            guard let now = names.firstIndex(of: state), let own = names.firstIndex(of: step.state), now < own else {
                continue
            }
            try await office.ask(
                .json("POST", address + "/actions", ["action": .text(step.action)]), as: step.account,
                accepting: [409, 412])
            progress.say("demo.round_moved.\(step.state)", ["round": setting.round.rawValue])
        }
    }
}
