/// The embedded templates by name; a page's name is its file's.
enum TemplateFiles {
    static let all: [(name: String, bytes: [UInt8])] = [
        ("layout", PackageResources.layout_mustache),
        ("message", PackageResources.message_mustache),
    ]
}
