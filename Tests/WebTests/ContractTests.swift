import Foundation
import Testing
import Web
import Yams

@Suite("The contract")
struct ContractTests {
    private func document() throws -> Node {
        try #require(try Yams.compose(yaml: OpenAPIDocument.yaml))
    }

    /// `GET /api/v1/rounds/{round}` of the document.
    private func documented() throws -> Set<String> {
        let methods: Set<String> = ["get", "post", "put", "delete", "patch", "options"]
        var all: Set<String> = []
        for (path, item) in try #require(try document()["paths"]?.mapping) {
            for (method, _) in item.mapping ?? [:] {
                guard let name = method.string, methods.contains(name) else { continue }
                all.insert("\(name.uppercased()) \(path.string ?? "")")
            }
        }
        return all
    }

    /// The same of the router: the API and the port. Pages and assets are no contract.
    private func routed() throws -> Set<String> {
        let site = try TestSite()
        let routes = try Site(services: site.services).router().routes
        return Set(
            routes.filter { $0.method != .head }.map { route in
                let parts = "\(route.path)".split(separator: "/").map { part in
                    part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
                }
                return "\(route.method.rawValue) /\(parts.joined(separator: "/"))"
            }.filter { $0.contains(" /api/v1/") || $0.contains(" /port/v1/") })
    }

    @Test("Every route of the API and the port is in the document, and nothing else is")
    func routes() throws {
        let (routed, documented) = (try routed(), try documented())
        #expect(routed.subtracting(documented).sorted() == [], "routes without a document")
        #expect(documented.subtracting(routed).sorted() == [], "documents without a route")
    }

    @Test("Every operation has a name of its own, a summary, and an answer for what goes wrong")
    func operations() throws {
        var names: Set<String> = []
        for (path, item) in try #require(try document()["paths"]?.mapping) {
            for (method, operation) in item.mapping ?? [:] where method.string != "parameters" {
                let place = "\(method.string ?? "") \(path.string ?? "")"
                let name = operation["operationId"]?.string
                #expect(name.map { names.insert($0).inserted } == true, "\(place)")
                #expect(operation["summary"]?.string?.isEmpty == false, "\(place)")
                #expect(operation["responses"]?["default"] != nil, "\(place)")
            }
        }
    }

    @Test("Every reference leads somewhere, and every schema is used")
    func references() throws {
        let components = try #require(try document()["components"])
        let text = OpenAPIDocument.yaml
        var used: Set<String> = []
        for match in text.matches(of: /#\/components\/(\w+)\/(\w+)/) {
            let (kind, name) = (String(match.1), String(match.2))
            #expect(components[kind]?[name] != nil, "\(kind)/\(name)")
            if kind == "schemas" { used.insert(name) }
        }
        let known = Set((components["schemas"]?.mapping ?? [:]).compactMap { $0.key.string })
        #expect(known.subtracting(used).sorted() == [])
    }
}
