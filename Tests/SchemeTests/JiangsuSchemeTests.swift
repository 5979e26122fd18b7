import Foundation
import Scheme
import Testing
import Vocabulary

@Suite("The scheme of 2025")
struct JiangsuSchemeTests {
    @Test("The committed scheme reads without a finding")
    func readsClean() throws {
        let (scheme, findings) = SchemeReader.read(bytes: try SchemeFiles.bytes("jiangsu-2025.yaml"))
        #expect(findings.map { "\($0.place) \($0.code) \($0.values)" } == [])
        #expect(scheme?.indicators.count == 32)
    }
}
