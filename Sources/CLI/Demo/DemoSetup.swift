import Demonstration
import Foundation
import Vocabulary

/// Accounts, round, platforms.
struct DemoSetup: Sendable {
    let driver: DemoDriver
    let field: DemonstrationField

    func run() async throws {
        try await accounts()
        try await round()
        try await platforms()
        try await driver.move(to: "open")
    }

    /// Everybody who takes part. All bear the one documented password.
    static func accounts(of field: DemonstrationField, wording: (String) -> String) -> [[String: DemoJSON]] {
        func account(_ id: String, _ name: String, _ roles: [String], _ more: [String: DemoJSON] = [:]) -> [String:
            DemoJSON]
        {
            let own: [String: DemoJSON] = [
                "id": .text(id), "displayName": .text(name), "roles": .list(roles.map { .text($0) }),
            ]
            return own.merging(more) { first, _ in first }
        }
        var all = [
            account("operator", wording("operator"), ["operator"]),
            account("approver", wording("approver"), ["approver"]),
            account("panel", wording("panel"), ["panel"]), account("verifier", wording("verifier"), ["verifier"]),
            account("inspector", wording("inspector"), ["inspector"]),
            account("security", wording("security"), ["security-administrator"]),
            account("audit", wording("audit"), ["audit-administrator"]),
        ]
        for expert in 0..<field.expertCount {
            all.append(account("expert\(expert + 1)", wording("expert") + " \(expert + 1)", ["expert"]))
        }
        let cities = Set(field.platforms.map(\.operator.region)).sorted()
        for city in cities {
            let place: [String: DemoJSON] = ["region": .text(city.rawValue)]
            all.append(account("county-\(city)", wording("county") + " \(city)", ["county-clerk"], place))
            all.append(account("city-\(city)", wording("city") + " \(city)", ["city-clerk", "city-head"], place))
        }
        for platform in field.platforms {
            all.append(
                account(
                    manager(of: platform), wording("manager") + " \(platform.id)", ["manager"],
                    ["company": .text(platform.operator.code.text)]))
        }
        return all
    }

    static func manager(of platform: DemonstrationPlatform) -> String { platform.id.rawValue.lowercased() + "-manager" }

    private func accounts() async throws {
        let catalogue = DemoTexts(language: .zhHans)
        let wanted = DemoSetup.accounts(of: field) { catalogue.text("demo.account.\($0)") }
        let known = try await listed("/api/v1/accounts", as: "admin")
        let missing = wanted.filter { !known.contains($0["id"]?.text ?? "") }
        let password = driver.setting.password
        let office = driver.office
        try await forEachConcurrently(missing, limit: 2) { account in
            var body = account
            body["password"] = .text(password)
            try await office.ask(.json("POST", "/api/v1/accounts", .object(body)), as: "admin", accepting: [409])
        }
        driver.progress.say("demo.accounts_ready", ["count": "\(wanted.count)", "new": "\(missing.count)"])
    }

    private func round() async throws {
        let seen = try await driver.office.ask(.get(driver.address), as: "operator", accepting: [404])
        guard seen.status == 404 else { return }
        let texts = [DemoTexts(language: .zhHans), DemoTexts(language: .en)]
        let titles = texts.map { $0.text("demo.round_title", ["year": field.scheme.edition, "seed": "\(field.seed)"]) }
        var scale: [String: DemoJSON] = [:]
        for (indicator, factor) in PortScale.factors { scale[indicator.rawValue] = .number(Decimal(factor)) }
        let body: DemoJSON = [
            "id": .text(driver.setting.round.rawValue), "scheme": .text(field.scheme.id.rawValue),
            "title": ["zh": .text(titles[0]), "en": .text(titles[1])], "kind": "demonstration",
            "cutOff": .text(field.cutOff.description), "portScale": .object(scale),
        ]
        try await driver.office.ask(.json("POST", "/api/v1/rounds", body), as: "operator", accepting: [409])
        driver.progress.say("demo.round_created", ["round": driver.setting.round.rawValue])
    }

    private func platforms() async throws {
        let address = driver.address + "/platforms"
        let known = try await listed(address, as: "operator")
        let missing = field.platforms.filter { !known.contains($0.id.rawValue) }
        let office = driver.office
        try await forEachConcurrently(missing, limit: driver.setting.connections) { platform in
            let body: DemoJSON = [
                "id": .text(platform.id.rawValue), "name": .text(platform.name),
                "aliases": .list(platform.aliases.map { .text($0) }), "type": .text(platform.type),
                "operator": [
                    "code": .text(platform.operator.code.text), "name": .text(platform.operator.name),
                    "region": .text(platform.operator.region.rawValue),
                ],
            ]
            try await office.ask(.json("POST", address, body), as: "operator", accepting: [409])
        }
        driver.progress.say("demo.platforms_ready", ["count": "\(field.platforms.count)", "new": "\(missing.count)"])
    }

    /// The ids of a whole list, page by page.
    private func listed(_ address: String, as account: String) async throws -> Set<String> {
        var ids: Set<String> = []
        var cursor: String?
        repeat {
            let query = cursor.map { "&cursor=\($0)" } ?? ""
            let page = try await driver.office.ask(.get(address + "?limit=200" + query), as: account).json
            for item in page?["items"]?.list ?? [] { ids.insert(item["id"]?.text ?? "") }
            cursor = page?["next"]?.text
        } while cursor != nil
        return ids
    }
}
