import Demonstration
import Foundation
import Vocabulary

/// Offices check, the authority imports lists and verifies, experts mark.
struct DemoReview: Sendable {
    let driver: DemoDriver
    let field: DemonstrationField

    func run() async throws {
        try await driver.move(to: "reviewing")
        try await advance(to: "verification")
        try await lists()
        try await verify()
        try await driver.move(to: "evaluating")
        try await mark()
    }

    /// The way of every submission, action by action, with who takes it.
    static func steps(of platform: DemonstrationPlatform) -> [(from: String, action: String, account: String)] {
        let region = platform.operator.region.rawValue
        return [
            ("county-review", "pass", "county-\(region)"), ("city-review", "recommend", "city-\(region)"),
            ("recommended", "take-in", "operator"), ("formal-check", "pass", "operator"),
            ("verification", "finish", "approver"), ("expert-review", "skip-site", "operator"),
            ("panel", "settle", "panel"), ("settled", "lapse", "operator"), ("in-notice", "end", "operator"),
        ]
    }

    /// Moves every submission along to the state; does nothing where it is there or beyond.
    func advance(to target: String) async throws {
        let driver = driver
        try await forEachConcurrently(field.platforms, limit: driver.setting.connections) { platform in
            let address = driver.address + "/platforms/\(platform.id)/submission"
            let steps = DemoReview.steps(of: platform)
            let goal = steps.firstIndex { $0.from == target } ?? steps.count
            var state = try await driver.office.ask(.get(address), as: "operator").json?["state"]?.text ?? ""
            while let now = steps.firstIndex(where: { $0.from == state }), now < goal {
                let body: DemoJSON = [
                    "action": .text(steps[now].action), "reason": .text(driver.reason("demo.reason.step")),
                ]
                let answer = try await driver.office.ask(
                    .json("POST", address + "/actions", body), as: steps[now].account, accepting: [409, 412])
                if answer.isSuccess, let next = answer.json?["state"]?.text, next != state {
                    state = next
                } else {
                    state = try await driver.office.ask(.get(address), as: "operator").json?["state"]?.text ?? ""
                }
            }
        }
        driver.progress.say("demo.submissions_at.\(target)", ["count": "\(field.platforms.count)"])
    }

    private func lists() async throws {
        let address = driver.address + "/lists"
        let known = try await driver.office.ask(.get(address + "?limit=200"), as: "operator").json
        let titles = Set((known?["items"]?.list ?? []).compactMap { $0["title"]?.text ?? $0["header"]?["title"]?.text })
        for list in field.officialLists where !titles.contains(list.title) {
            let query = DemoReview.query([
                ("title", list.title), ("issuer", list.issuer), ("document", list.document),
                ("date", list.date.description), ("indicator", list.indicator.rawValue), ("award", list.award),
            ])
            try await driver.office.ask(
                DemoRequest(
                    method: "POST", path: address + query, body: Data(list.table.utf8),
                    headers: ["Content-Type": "text/csv; charset=utf-8"]), as: "operator", accepting: [409])
        }
        driver.progress.say("demo.lists_imported", ["count": "\(field.officialLists.count)"])
    }

    static func query(_ fields: [(String, String)]) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return "?"
            + fields.map { "\($0.0)=" + ($0.1.addingPercentEncoding(withAllowedCharacters: plain) ?? "") }
            .joined(separator: "&")
    }

    /// The authority's verified values for the upload indicators, each with its reason.
    private func verify() async throws {
        let (driver, field) = (driver, field)
        let counter = DemoCounter()
        try await forEachConcurrently(field.platforms, limit: driver.setting.connections) { platform in
            for cell in field.cells(of: platform) where !cell.judgement.verified.isEmpty {
                let address = driver.address + "/platforms/\(platform.id)/cells/\(cell.indicator)"
                let seen = try await driver.office.ask(.get(address), as: "operator")
                if let verified = seen.json?["verified"], verified != .null { continue }
                let body: DemoJSON = [
                    "values": DemoForms.values(cell.judgement.verified),
                    "reason": .text(driver.reason(cell.judgement.reason, cell.judgement.values)),
                ]
                try await driver.office.ask(
                    .json("PUT", address + "/verified", body, ifMatch: seen.headers["etag"] ?? "\"0\""), as: "operator",
                    accepting: [412])
            }
            let done = await counter.next()
            if done % 10 == 0 || done == field.platforms.count {
                driver.progress.say("demo.verified", ["done": "\(done)", "all": "\(field.platforms.count)"])
            }
        }
    }

    private func mark() async throws {
        let (driver, field) = (driver, field)
        try await forEachConcurrently(Array(0..<field.expertCount), limit: driver.setting.connections) { expert in
            for platform in field.platforms {
                for mark in field.marks(of: platform) where mark.expert == expert {
                    let address = driver.address + "/platforms/\(platform.id)/marks/\(mark.indicator)"
                    let account = "expert\(expert + 1)"
                    let tag = try await driver.office.ask(.get(address), as: account).headers["etag"] ?? "\"0\""
                    guard tag == "\"0\"" else { continue }
                    var body: [String: DemoJSON] = ["mark": .number(Decimal(mark.mark))]
                    if let reason = mark.reason { body["reason"] = .text(driver.reason(reason)) }
                    try await driver.office.ask(
                        .json("PUT", address, .object(body), ifMatch: tag), as: account, accepting: [409, 412])
                }
            }
            driver.progress.say("demo.expert_done", ["expert": "\(expert + 1)", "all": "\(field.expertCount)"])
        }
    }
}

extension DemoDriver {
    /// A reason as the offices write it, in Chinese.
    func reason(_ key: String, _ values: [String: String] = [:]) -> String {
        DemoTexts(language: .zhHans).text(key, values)
    }
}
