import Foundation
import Review
import Scheme
import Testing

@Suite("Periods that the scheme names")
struct SchemePeriodsTests {
    private static func scheme(_ more: String) throws -> IndicatorScheme {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = folder.appending(path: "Schemes/jiangsu-2025.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing("  query-working-days: 5\n", with: "  query-working-days: 6\n" + more)
        let (scheme, findings) = SchemeReader.read(text: text)
        #expect(findings.filter { $0.severity == .error } == [])
        return try #require(scheme)
    }

    @Test("Each is taken over, and five working days where nothing is said")
    func periods() throws {
        let silent = ProcessSettings(scheme: try Self.scheme(""))
        let five = [silent.returned, silent.supplement, silent.recheck, silent.notice, silent.query]
        #expect(five == [5, 5, 5, 5, 6])
        let scheme = try Self.scheme(
            """
              review-working-days: 3
              return-working-days: 8
              recheck-working-days: 4
              notice-working-days: 7

            """)
        let named = ProcessSettings(scheme: scheme)
        let said = [named.returned, named.supplement, named.recheck, named.notice, named.query]
        #expect(said == [8, 8, 4, 7, 6])
        #expect(scheme.calendar?.steps.review?.value == 3)
    }

    @Test("A production round may not shorten what the scheme names")
    func shortened() throws {
        let scheme = try Self.scheme("  notice-working-days: 7\n")
        var settings = ProcessSettings(scheme: scheme)
        settings.notice = 5
        #expect(settings.findings(for: .production, scheme: scheme).map(\.place) == ["notice"])
        #expect(settings.findings(for: .rehearsal, scheme: scheme) == [])
    }
}
