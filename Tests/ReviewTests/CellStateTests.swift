import Review
import Testing
import Vocabulary

@Suite("The state of a cell")
struct CellStateTests {
    static let cell = CellAddress(round: "r", platform: "P01", indicator: "platform-revenue")

    static func returned(version: Int, at seconds: Int64) -> CellReturn {
        CellReturn(
            cell: cell, reasonCode: .evidenceMissing, reason: "请补审计报告", declaredVersion: version, by: "clerk",
            at: Instant(seconds: seconds))
    }

    static func verified(at seconds: Int64) -> Verification {
        Verification(
            cell: cell, values: [:], basis: .reviewed, reason: "与审计报告一致", by: "op", at: Instant(seconds: seconds))
    }

    @Test(
        "It follows from the declaration, the return and the verification",
        arguments: [
            (nil, false, nil, nil, false, CellState.blank), (1, false, nil, nil, false, .declared),
            (1, true, nil, nil, false, .submitted), (1, true, returned(version: 1, at: 5), nil, false, .returned),
            (2, true, returned(version: 1, at: 5), nil, false, .submitted),
            (2, true, returned(version: 1, at: 5), verified(at: 9), false, .verified),
            (2, true, returned(version: 2, at: 9), verified(at: 5), false, .returned),
            (nil, true, nil, nil, true, .waiting), (nil, true, nil, verified(at: 1), true, .verified),
            (nil, true, returned(version: 0, at: 5), nil, false, .returned), (nil, true, nil, nil, false, .blank),
        ] as [(Int?, Bool, CellReturn?, Verification?, Bool, CellState)])
    func states(
        _ version: Int?, isSubmitted: Bool, returned: CellReturn?, verification: Verification?, awaits: Bool,
        state: CellState
    ) {
        #expect(
            CellState.of(
                declaredVersion: version, isSubmitted: isSubmitted, returned: returned, verification: verification,
                awaitsOutside: awaits) == state)
    }
}
