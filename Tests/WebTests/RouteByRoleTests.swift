import Access
import Foundation
import HTTPTypes
import Hummingbird
import Testing
import Vocabulary
import Web

/// Walks every registered route as every role and as nobody, and holds who is let in against `RouteTable`.
///
/// Let in means: not told to sign in, and not told that the permission is missing. What happens then (a missing body,
/// an unknown digest) is the business of each room's own tests. Every route under a platform is asked twice: for the
/// platform of the asker's own company and region, and for another company's in another city.
@Suite("Every route, every role")
struct RouteByRoleTests {
    static let everybody = ["nobody"] + Role.allCases.map(\.rawValue).sorted()
    /// Roles that reach only their own company or region.
    static let near = Set(Role.company.union(Role.regional).map(\.rawValue))
    static let own = "p1"
    static let foreign = "p2"

    static func site() async throws -> TestSite {
        let site = try TestSite()
        _ = try await site.ask(.post, "/api/v1/rounds", as: "operator", body: RoundRoutesTests.newRound)
        _ = try await site.ask(
            .post, "/api/v1/rounds/r1/actions", as: "operator", body: #"{"action":"open","reason":"通知"}"#)
        let other = CompanyCode.completing("91320100MA2ABCDE")?.description ?? ""
        let bodies = [
            RoundRoutesTests.platform(own),
            RoundRoutesTests.platform(foreign, code: other).replacingOccurrences(of: "320500\"}", with: "320100\"}"),
        ]
        for body in bodies {
            let made = try await site.ask(.post, "/api/v1/rounds/r1/platforms", as: "operator", body: body)
            try #require(made.status == 201, "\(made.body)")
        }
        return site
    }

    /// The address of a route with something real in every place that decides about access.
    static func address(_ path: String, platform: String) -> String {
        var path = path.replacing("{", with: ":").replacing("}", with: "")
        path = path.replacing(":round", with: "r1").replacing(":platform", with: platform)
        path = path.replacing(":indicator", with: path.contains("/marks/") ? "dual-carbon" : "devices-connected")
        let rest = [
            ":account": "zhang", ":scheme": "jiangsu-2025", ":section": "foundation", ":index": "0",
            ":session": "0000000000000000", ":city": "320500", ":kind": "model", ":code": "access.denied",
            ":file": "heng.css",
        ]
        for (name, value) in rest { path = path.replacing(name, with: value) }
        return path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(":") ? String(repeating: "0", count: 16) : String($0) }.joined(separator: "/")
    }

    /// Who is let in by a route, for a platform.
    static func letIn(_ site: TestSite, _ method: HTTPRequest.Method, _ path: String) async throws -> [String] {
        var names: [String] = []
        for name in everybody {
            let answer = try await site.ask(
                method, path, as: name == "nobody" ? nil : name, headers: ["Content-Type": "application/json"],
                body: method == .get || method == .delete ? "" : "{}")
            #expect(answer.status != 500, "\(method) \(path) as \(name): \(answer.body)")
            switch answer.code {
            case "access.sign_in_required":
                #expect(answer.status == 401 && name == "nobody", "\(method) \(path) as \(name)")
            case "access.denied": #expect(answer.status == 403 && name != "nobody", "\(method) \(path) as \(name)")
            case "collect.key-unknown", "collect.key-missing":
                #expect(answer.status == 401, "\(method) \(path) as \(name)")
            default: names.append(name)
            }
        }
        return names
    }

    /// Routes as `GET /api/v1/rounds/:round`, without the HEAD twins of GET.
    static func routes(_ site: TestSite) throws -> [(key: String, method: HTTPRequest.Method, path: String)] {
        try Site(services: site.services).router().routes.filter { $0.method != .head }
            .map { (key: "\($0.method.rawValue) \($0.path.description)", $0.method, $0.path.description) }
            .sorted { $0.key < $1.key }
    }

    @Test("Every route lets in exactly whom the table names, and the table names every route")
    func walk() async throws {
        let site = try await Self.site()
        let routes = try Self.routes(site)
        let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"
        #expect(Set(routes.map(\.key)) == Set(RouteTable.letIn.keys))
        for route in routes {
            let found = try await Self.letIn(site, route.method, Self.address(route.path, platform: Self.own))
            if isRecording { print("ROUTE \(route.key): \(found.joined(separator: " "))") }
            #expect(Set(found) == RouteTable.letIn[route.key], "\(route.key)")
        }
    }

    @Test("Nobody reaches another company's or another city's platform by their own company or region")
    func walkForeign() async throws {
        let site = try await Self.site()
        for route in try Self.routes(site) where route.path.contains("{platform}") {
            let found = try await Self.letIn(site, route.method, Self.address(route.path, platform: Self.foreign))
            let expected = RouteTable.letIn[route.key]?.subtracting(RouteTable.isPublic(route.key) ? [] : Self.near)
            #expect(Set(found) == expected, "\(route.key)")
        }
    }
}
