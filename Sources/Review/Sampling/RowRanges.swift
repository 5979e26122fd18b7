/// Row numbers in short writing, such as `2-15,17`, ascending; the way in which a draw's rows are published.
public enum RowRanges {
    /// Longer texts are not read.
    private static let mostNumbers = 1_000_000

    /// - Parameter numbers: in any order; each is written once.
    public static func text(_ numbers: some Sequence<Int>) -> String {
        var out = ""
        var first: Int?
        var last = 0
        func close() {
            guard let first else { return }
            if !out.isEmpty { out += "," }
            out += first == last ? "\(first)" : "\(first)-\(last)"
        }
        for number in Set(numbers).sorted() {
            if first != nil, number == last + 1 {
                last = number
            } else {
                close()
                (first, last) = (number, number)
            }
        }
        close()
        return out
    }

    /// The numbers of a text of this class; nil for any other text, and for more than a million numbers.
    public static func numbers(_ text: String) -> [Int]? {
        guard !text.isEmpty else { return [] }
        var all: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
                last - first < mostNumbers, all.count + last - first < mostNumbers
            else { return nil }
            all += first...last
        }
        return all
    }
}
