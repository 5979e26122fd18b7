import Submit
import Testing
import Vocabulary

@Suite("Personal data in lists")
struct PersonalDataTests {
    @Test(
        "A mask leaves enough to talk about a row and too little to know the person",
        arguments: [
            ("", ""), ("张", "*"), ("张三", "张*"), ("欧阳修文", "欧***"), ("001X", "0***"),
            ("1028412021000022", "10****22"), ("买买提·艾合买提", "买买****买提"),
        ])
    func mask(_ value: String, _ shown: String) { #expect(PersonalMask.masked(value) == shown) }

    @Test("Only personal fields are masked")
    func fields() {
        let row = ItemRow(number: 2, fields: ["name": "张三", "education": "master"])
        #expect(PersonalMask.masked(row, personal: ["name"]).fields == ["name": "张*", "education": "master"])
    }

    @Test(
        "Data is due on the same day of the month, the last one in a shorter month",
        arguments: [
            ("2026-01-15", Holding.Kind.personalList, "2026-07-15"), ("2025-08-31", .personalList, "2026-02-28"),
            ("2027-08-31", .personalList, "2028-02-29"), ("2026-03-01", .portRows, "2027-03-01"),
        ])
    func due(_ published: String, _ kind: Holding.Kind, _ due: String) throws {
        let day = try #require(CivilDay(published))
        #expect(RetentionSchedule().dueDay(kind, published: day).description == due)
    }
}
