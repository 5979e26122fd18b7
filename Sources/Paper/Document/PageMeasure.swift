/// Sizes of a page in points.
/// Source: GB/T 9704-2012, 5.2: A4, head 37 mm, left 28 mm, type area 156 × 225 mm; titles 22 points, text 16 points.
struct PageMeasure: Sendable {
    static let point = 72.0 / 25.4
    let width: Double
    let height: Double
    let top: Double
    let bottom: Double
    let left: Double
    let right: Double
    let titleSize: Double
    let bodySize: Double
    let tableSize: Double
    /// From one line of running text to the next.
    let pitch: Double

    init(_ document: PaperDocument) {
        let a4 = (210 * PageMeasure.point, 297 * PageMeasure.point)
        (width, height) = document.isLandscape ? (a4.1, a4.0) : a4
        let isLetter = document.manner == .letter
        top = (isLetter ? 37 : 25) * PageMeasure.point
        bottom = 35 * PageMeasure.point
        left = (isLetter ? 28 : 22) * PageMeasure.point
        right = (isLetter ? 26 : 20) * PageMeasure.point
        titleSize = isLetter ? 22 : 20
        bodySize = isLetter ? 16 : 12
        tableSize = isLetter ? 12 : 10
        // 22 lines in 225 mm.
        pitch = isLetter ? 225 * PageMeasure.point / 22 : 20
    }

    var textWidth: Double { width - left - right }
    var textBottom: Double { height - bottom }

    /// Families in the order in which they are tried; the last is in every installation.
    static let song = "STZhongsong, SimSun, Noto Serif CJK SC"
    static let titleSong = "FZXiaoBiaoSong-B05S, STZhongsong, Noto Serif CJK SC"
    static let fang = "FangSong_GB2312, FangSong, STFangsong, Noto Serif CJK SC"
    static let hei = "SimHei, Source Han Sans SC, Noto Sans CJK SC"
    static let kai = "KaiTi_GB2312, KaiTi, STKaiti, Noto Serif CJK SC"
}
