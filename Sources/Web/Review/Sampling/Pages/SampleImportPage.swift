/// Bringing judgements back that were made outside the system.
public struct SampleImportPage: Page, Decodable {
    public static let template = "sampleimport"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let address: String
    let hasFaults: Bool
    let faults: [Fault]

    struct Fault: Sendable, Decodable {
        let row: String
        let text: String
    }
}
