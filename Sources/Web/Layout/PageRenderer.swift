import Foundation
import Mustache
import Vocabulary
import Wording

/// Turns pages into HTML: templates are compiled once, the frame is laid around, the catalogue's texts are filled in.
public struct PageRenderer: Sendable {
    private let library: MustacheLibrary

    /// - Throws: a parser error of the template that is broken; a test compiles them all.
    public init() throws {
        var library = MustacheLibrary()
        for file in TemplateFiles.all {
            try library.register(String(decoding: file.bytes, as: UTF8.self), named: file.name)
        }
        self.library = library
    }

    /// The whole HTML document.
    /// - Parameter recorder: notes keys that nothing answered; for checks of templates.
    public func render<Shown: Page>(_ page: Shown, _ frame: PageFrame, recorder: KeyRecorder? = nil) -> String {
        let texts = TextTree.of(frame.language)
        let surroundings = PageTree(reflecting: FrameView(frame, pageTitle: page.title))
        var values = PageTree(reflecting: page).values
        values["t"] = texts
        values["frame"] = surroundings
        let body = fill(Shown.template, PageRoot(tree: PageTree(values), unresolved: recorder))
        let outer: [String: Any] = ["t": texts, "frame": surroundings, "body": body]
        return fill("layout", PageRoot(tree: PageTree(outer), unresolved: recorder))
    }

    /// A part of a page without the frame, for what is replaced in place.
    public func renderPart<Shown: Page>(_ page: Shown, _ frame: PageFrame, template: String) -> String {
        var values = PageTree(reflecting: page).values
        values["t"] = TextTree.of(frame.language)
        values["frame"] = PageTree(reflecting: FrameView(frame, pageTitle: page.title))
        return fill(template, PageRoot(tree: PageTree(values), unresolved: nil))
    }

    private func fill(_ template: String, _ root: PageRoot) -> String {
        library.render(root, withTemplate: template) ?? ""
    }
}

/// The frame, formatted for the layout's template.
struct FrameView: Sendable {
    let languageTag: String
    let titleLine: String
    let switchHref: String
    let switchTitle: String
    let switchTag: String
    let account: SignedInAccount?
    let signInHref: String
    let navigation: [NavigationItem]
    let roundTitle: String?
    let isDemonstration: Bool
    let isRehearsal: Bool
    let checkpoint: Checkpoint?
    let drawsCharts: Bool
    let assetVersion: String

    struct Checkpoint: Sendable {
        let size: String
        let rootShort: String
        let root: String
    }

    init(_ frame: PageFrame, pageTitle: String) {
        let other: Language = frame.language == .zhHans ? .en : .zhHans
        let catalogue = Catalogue.of(frame.language)
        languageTag = frame.language.rawValue
        titleLine = catalogue.text("web.frame.title_line", ["title": pageTitle])
        switchHref = frame.address(in: other)
        switchTitle = catalogue.text("web.frame.other_language")
        switchTag = other.rawValue
        account = frame.account
        signInHref = "/sign-in?next=" + FrameView.escapedForQuery(frame.address)
        navigation = frame.navigation
        roundTitle = frame.round?.title
        isDemonstration = frame.round?.kind == .demonstration
        isRehearsal = frame.round?.kind == .rehearsal
        checkpoint = frame.checkpoint.map {
            Checkpoint(size: FigureFormat.grouped($0.size), rootShort: String($0.root.prefix(12)), root: $0.root)
        }
        drawsCharts = frame.drawsCharts
        assetVersion = AssetFiles.version
    }

    static func escapedForQuery(_ text: String) -> String {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~/")
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }
}
