import Vocabulary

/// Checks of a scheme as a whole, after its parts have been read one by one.
struct SchemeLinter {
    let scheme: IndicatorScheme
    let faults: Faults

    func run() {
    }
}
