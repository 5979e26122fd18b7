import Foundation
import Vocabulary
import Web

/// A page with invented data out of `Canned/NAME.json`: `{template, frame, data}`.
struct CannedPage: Sendable, CustomStringConvertible {
    let name: String
    let page: any Page & Decodable
    let frame: Frame

    var description: String { name }
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Canned")

    /// Every page there is, by its template.
    static let kinds: [String: any (Page & Decodable).Type] = [
        "result": ResultPage.self, "method": MethodPage.self, "platform": PlatformPage.self, "round": RoundPage.self,
        "queue": QueuePage.self, "company": CompanyPage.self, "section": SectionFormPage.self, "port": PortPage.self,
        "log": LogPage.self, "entry": LogEntryPage.self, "accounts": AccountsPage.self, "signin": SignInPage.self,
        "message": MessagePage.self,
    ].merging(people) { a, _ in a }

    private static let people: [String: any (Page & Decodable).Type] = [
        workflow, desk, sampling, experts, panel, forms, attachments, burden, paper, accounts, privacy, challenge,
    ].reduce(into: [:]) { $0.merge($1) { a, _ in a } }

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }()

    init(_ name: String) throws {
        let file = try Data(contentsOf: Self.folder.appending(path: name + ".json"))
        let envelope = try JSONDecoder().decode(Envelope.self, from: file)
        guard let kind = Self.kinds[envelope.template] else { throw Failure("test.no_such_page", ["name": name]) }
        self.name = name
        self.frame = envelope.frame
        self.page = try Self.decode(kind, file)
    }

    private static func decode<Shown: Page & Decodable>(_ kind: Shown.Type, _ file: Data) throws -> Shown {
        try JSONDecoder().decode(Body<Shown>.self, from: file).data
    }

    /// The document in one language; `recorder` notes keys that nothing answers.
    func html(_ renderer: PageRenderer, _ language: Language, recorder: KeyRecorder? = nil) -> String {
        func render(_ shown: some Page) -> String {
            renderer.render(shown, frame.pageFrame(language), recorder: recorder)
        }
        return render(page)
    }

    private struct Envelope: Decodable {
        let template: String
        let frame: Frame
    }

    private struct Body<Shown: Decodable>: Decodable {
        let data: Shown
    }

    /// The frame as the file has it.
    struct Frame: Decodable, Sendable {
        struct Account: Decodable, Sendable {
            let name: String
            let role: String
        }
        struct Item: Decodable, Sendable {
            let title: String
            let href: String
            let isCurrent: Bool
        }
        struct Mark: Decodable, Sendable {
            let title: String
            let kind: String
        }
        struct Checkpoint: Decodable, Sendable {
            let size: Int
            let root: String
        }
        let address: String
        let account: Account?
        let navigation: [Item]
        let round: Mark
        let checkpoint: Checkpoint
        let drawsCharts: Bool

        func pageFrame(_ language: Language) -> PageFrame {
            PageFrame(
                language: language, address: address,
                account: account.map { SignedInAccount(name: $0.name, role: $0.role) },
                navigation: navigation.map { NavigationItem(title: $0.title, href: $0.href, isCurrent: $0.isCurrent) },
                round: RoundMark(title: round.title, kind: RoundMark.Kind(rawValue: round.kind) ?? .production),
                checkpoint: CheckpointMark(size: checkpoint.size, root: checkpoint.root), drawsCharts: drawsCharts)
        }
    }
}
