import Paper
import Testing

@Suite("Workbooks")
struct WorkbookTests {
    @Test("A workbook keeps its sheets in order")
    func sheetsStayInOrder() {
        let book = Workbook(sheets: [.init(name: "a", rows: []), .init(name: "b", rows: [[.text("x")]])])
        #expect(book.sheets.map(\.name) == ["a", "b"])
    }
}
