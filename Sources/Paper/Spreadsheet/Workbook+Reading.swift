import Vocabulary

extension Workbook {
    /// Reads an XLSX file as Excel, WPS and LibreOffice write it.
    ///
    /// Numbers are exact as shown (fifteen digits), dates and times become ISO text by the cell's format, formulas
    /// give the value that was stored with them; a formula without one leaves the cell empty and a finding. Hidden
    /// sheets are read and marked, lists behind choices are left out.
    /// - Throws: `paper.workbook_not_xlsx`, `paper.workbook_old_format`, `paper.workbook_protected`,
    ///   `paper.workbook_damaged`, `paper.workbook_too_large` (with `limit` and `unit`).
    public init(xlsx bytes: [UInt8], limits: Limits = Limits()) throws(Failure) {
        guard bytes.count <= limits.fileBytes else {
            throw Failure("paper.workbook_file_too_large", ["limit": "\(limits.fileBytes >> 20) MiB"])
        }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw Failure(Workbook.isProtected(bytes) ? "paper.workbook_protected" : "paper.workbook_old_format")
        }
        guard bytes.starts(with: [0x50, 0x4B]) else { throw Failure("paper.workbook_not_xlsx") }
        do {
            var package = try WorkbookPackage(ZipArchive(bytes), limits: limits)
            let read = try package.sheets()
            self.init(sheets: read)
            findings = package.findings
        } catch {
            throw Workbook.told(error)
        }
    }

    /// What went wrong inside the file, in words about the file.
    private static func told(_ failure: Failure) -> Failure {
        switch failure.code {
        case "paper.archive_encrypted": Failure("paper.workbook_protected", cause: failure)
        case "paper.archive_too_large": Failure("paper.workbook_file_too_large", failure.values, cause: failure)
        case "paper.archive_damaged", "paper.markup_damaged": Failure("paper.workbook_damaged", cause: failure)
        default: failure
        }
    }

    /// An encrypted workbook is an OLE file with a stream of this name, in UTF-16.
    private static func isProtected(_ bytes: [UInt8]) -> Bool {
        let name: [UInt8] = "EncryptedPackage".utf8.flatMap { [$0, 0] }
        return bytes.prefix(1 << 20).firstRange(of: name) != nil
            || bytes.suffix(1 << 20).firstRange(of: name) != nil
    }
}

/// The parts of an XLSX file and how they lead to the sheets.
struct WorkbookPackage {
    private let archive: ZipArchive
    private let limits: Workbook.Limits
    private(set) var findings: [Finding] = []
    private var sharedTexts: [String] = []
    private var formats: [CellFormat] = []
    private var from1904 = false

    init(_ archive: ZipArchive, limits: Workbook.Limits) {
        self.archive = archive
        self.limits = limits
    }

    /// In the order of the tabs.
    mutating func sheets() throws(Failure) -> [Workbook.Sheet] {
        let root = try relations(of: "")
        guard let bookPath = root.values.first(where: { $0.type.hasSuffix("/officeDocument") })?.target,
            let book = try part(bookPath)
        else { throw Failure("paper.workbook_not_xlsx") }
        let related = try relations(of: bookPath)
        if let path = related.values.first(where: { $0.type.hasSuffix("/sharedStrings") })?.target,
            let bytes = try part(path)
        {
            sharedTexts = try SharedTextReader.read(bytes)
        }
        if let path = related.values.first(where: { $0.type.hasSuffix("/styles") })?.target, let bytes = try part(path)
        {
            formats = try StyleReader.read(bytes)
        }
        var listed: [(name: String, state: String, relation: String)] = []
        var reader = MarkupReader(book)
        loop: while true {
            switch try reader.next() {
            case .start where reader.name == "workbookPr":
                from1904 = ["1", "true"].contains(reader.attribute("date1904") ?? "")
            case .start where reader.name == "sheet":
                listed.append(
                    (
                        reader.attribute("name") ?? "", reader.attribute("state") ?? "visible",
                        reader.attribute("r:id") ?? ""
                    ))
            case .finish: break loop
            default: continue
            }
        }
        guard listed.count <= limits.sheets else {
            throw Failure("paper.workbook_too_many_sheets", ["limit": "\(limits.sheets)"])
        }
        var sheets: [Workbook.Sheet] = []
        var cellsLeft = limits.cells
        for entry in listed where entry.state != "veryHidden" {
            guard let target = related[entry.relation], target.type.hasSuffix("/worksheet"),
                let bytes = try part(target.target)
            else { continue }
            var sheet = SheetReader(
                name: entry.name, sharedTexts: sharedTexts, formats: formats, from1904: from1904, limits: limits,
                cellsLeft: cellsLeft)
            sheets.append(try sheet.read(bytes, isHidden: entry.state == "hidden"))
            cellsLeft = sheet.cellsLeft
            findings += sheet.findings
        }
        guard !sheets.isEmpty else { throw Failure("paper.workbook_not_xlsx") }
        return sheets
    }

    private func part(_ path: String) throws(Failure) -> [UInt8]? {
        guard let entry = archive[path] else { return nil }
        return try archive.unpack(entry, limit: limits.unpackedBytes)
    }

    /// What a part leads to, by identifier; targets as paths from the root of the archive.
    private func relations(of path: String) throws(Failure) -> [String: (type: String, target: String)] {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        let file = path.split(separator: "/").last.map(String.init) ?? ""
        let place = (folder.isEmpty ? "" : folder + "/") + "_rels/\(file).rels"
        guard let bytes = try part(place) else { return [:] }
        var found: [String: (type: String, target: String)] = [:]
        var reader = MarkupReader(bytes)
        while true {
            switch try reader.next() {
            case .start where reader.name == "Relationship":
                guard let identifier = reader.attribute("Id"), let target = reader.attribute("Target"),
                    reader.attribute("TargetMode") != "External"
                else { continue }
                found[identifier] = (reader.attribute("Type") ?? "", WorkbookPackage.resolved(target, in: folder))
            case .finish: return found
            default: continue
            }
        }
    }

    private static func resolved(_ target: String, in folder: String) -> String {
        if target.hasPrefix("/") { return String(target.dropFirst()) }
        var parts = folder.split(separator: "/").map(String.init)
        for part in target.split(separator: "/") {
            if part == ".." {
                _ = parts.popLast()
            } else if part != "." {
                parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}
