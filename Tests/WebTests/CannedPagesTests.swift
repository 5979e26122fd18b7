import Foundation
import Testing
import Vocabulary
import Web
import Wording

@Suite("Pages with canned data")
struct CannedPagesTests {
    private static let package = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let templates = package.appending(path: "Sources/Web/Templates")
    private let renderer: PageRenderer

    init() throws { renderer = try PageRenderer() }

    private static func files(_ folder: URL, _ ending: String) throws -> [(name: String, text: String)] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return try (found?.allObjects as? [URL] ?? []).filter { $0.path().hasSuffix(ending) }
            .sorted { $0.path() < $1.path() }
            .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
    }

    @Test("Every template has a page or is a part of one")
    func everyTemplateIsUsed() throws {
        let all = try Self.files(Self.templates, ".mustache")
        for file in all {
            let name = String(file.name.dropLast(9))
            let isPart = all.contains { $0.text.contains("{{>\(name)}}") }
            #expect(isPart || name == "layout" || CannedPage.kinds[name] != nil, "\(name)")
        }
        for template in CannedPage.kinds.keys {
            #expect(all.contains { $0.name == template + ".mustache" }, "\(template)")
        }
    }

    @Test("No page leaves a key of its template without an answer", arguments: CannedPage.names)
    func noKeyIsMissing(_ name: String) throws {
        let canned = try CannedPage(name)
        for language in Language.allCases {
            let recorder = KeyRecorder()
            let html = canned.html(renderer, language, recorder: recorder)
            #expect(recorder.keys.isEmpty, "\(name) in \(language): \(recorder.keys)")
            #expect(!html.contains("[web."), "\(name) in \(language) lacks a text")
            #expect(html.contains("<main id=\"main\""))
        }
    }

    @Test("Every page is shown by canned data")
    func everyPageHasData() throws {
        let shown = Set(try CannedPage.names.map { type(of: try CannedPage($0).page).template })
        #expect(shown == Set(CannedPage.kinds.keys))
    }

    @Test(
        "No page carries a script, a style or a handler of its own, so the strict policy holds",
        arguments: CannedPage.names)
    func nothingInline(_ name: String) throws {
        let html = try CannedPage(name).html(renderer, .zhHans)
        #expect(!html.contains(" style="))
        #expect(!html.contains("<style"))
        #expect(html.firstMatch(of: /<script(?! src=)/) == nil)
        #expect(html.firstMatch(of: /\son[a-z]+=/) == nil)
        #expect(html.firstMatch(of: /(src|href)="https?:/) == nil)
    }

    @Test("Ids on a page are unique", arguments: CannedPage.names)
    func idsAreUnique(_ name: String) throws {
        let html = try CannedPage(name).html(renderer, .zhHans)
        let ids = html.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
    }

    @Test("Every text a template names stands in both catalogues, and every page text is used")
    func textsAndTemplatesAgree() throws {
        let templates = try Self.files(Self.templates, ".mustache").map(\.text)
        let sources = try Self.files(Self.package.appending(path: "Sources"), ".swift").map(\.text)
        let named = Set(templates.flatMap { $0.matches(of: /\{\{t\.([a-z0-9_.\-]+)\}\}/).map { String($0.1) } })
        for key in named {
            #expect(Catalogue.of(.zhHans).texts[key] != nil, "\(key)")
            #expect(Catalogue.of(.en).texts[key] != nil, "\(key)")
        }
        let literal = Set(sources.flatMap { $0.matches(of: /"(web\.[a-z0-9_.\-]+)"/).map { String($0.1) } })
        let prefixes = Set(sources.flatMap { $0.matches(of: /"(web\.[a-z0-9_.\-]*)\\\(/).map { String($0.1) } })
        let file = Self.package.appending(path: "Sources/Wording/Catalogues/zh-Hans.web.json")
        let texts = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
        for key in texts.keys.sorted() where !named.contains(key) && !literal.contains(key) {
            #expect(prefixes.contains { key.hasPrefix($0) }, "\(key) is used nowhere")
        }
    }

    @Test("Every act that the log may hold has its words in both languages")
    func actsHaveWords() throws {
        let sources = try Self.files(Self.package.appending(path: "Sources"), ".swift").map(\.text)
        let kinds = Set(
            sources.flatMap {
                $0.matches(of: /(?:ntry|\.audit)\(\s*"([a-z\-]+\.[a-z_.\-]+)"/).map { String($0.1) }
            })
        #expect(kinds.count > 60)
        for kind in kinds.sorted() {
            for language in Language.allCases {
                #expect(Catalogue.of(language).texts["web.audit.\(kind)"] != nil, "\(kind) in \(language)")
            }
        }
    }

    @Test("No template has words of its own")
    func templatesAreWordless() throws {
        for file in try Self.files(Self.templates, ".mustache") {
            let text = file.text.replacing(/\{\{.*?\}\}/, with: "").replacing(/<[^>]*>/, with: " ")
            let words = text.matches(of: /[\p{L}]{2,}/).map { String($0.0) }
            let formats: Set<String> = ["PNG", "SVG", "CSV", "JSON", "nbsp", "DOCTYPE", "html"]
            #expect(words.allSatisfy { formats.contains($0) }, "\(file.name): \(words)")
        }
    }

    @Test("RENDER_TO writes every page in both languages to files, for looking at them")
    func renderForLooking() throws {
        guard let target = ProcessInfo.processInfo.environment["RENDER_TO"] else { return }
        let folder = URL(filePath: target)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in CannedPage.names {
            for language in Language.allCases {
                let html = try CannedPage(name).html(renderer, language)
                try html.write(
                    to: folder.appending(path: "\(name).\(language.rawValue).html"), atomically: true, encoding: .utf8)
            }
        }
    }
}
