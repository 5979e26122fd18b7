import Wording

/// Everything one page shows, already formatted; its template holds neither logic nor words.
///
/// Stored properties are what the template sees, by name. A nested struct, array or optional is seen as Mustache sees
/// it: a section, a list, nothing. Computed properties are not seen.
public protocol Page: Sendable {
    /// The file in `Templates/` without its ending: `result` for `result.mustache`.
    static var template: String { get }
    /// What the browser's tab and the search engine read; the frame adds the product's name.
    var title: String { get }
}
