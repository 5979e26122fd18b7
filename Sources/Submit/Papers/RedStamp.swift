/// Looks for a red round stamp on a picture of a page. It only hints: whether a stamp is there, is whole, and is the right
/// one, a person sees.
public enum RedStamp {
    /// A page drawn with three bytes a point, red, green and blue, row by row.
    public struct Picture: Sendable {
        public let width: Int
        public let height: Int
        public let points: [UInt8]

        /// Nil unless there are exactly as many bytes as the size asks for.
        public init?(width: Int, height: Int, points: [UInt8]) {
            guard width > 0, height > 0, width <= 4_000, height <= 4_000, points.count == width * height * 3 else {
                return nil
            }
            self.width = width
            self.height = height
            self.points = points
        }

        /// The binary portable pixmap with 255 as its highest value, as poppler and GraphicsMagick write it.
        public init?(portablePixmap bytes: [UInt8]) {
            var numbers: [Int] = []
            var index = 2
            guard bytes.count > 11, bytes[0] == UInt8(ascii: "P"), bytes[1] == UInt8(ascii: "6") else { return nil }
            while numbers.count < 3, index < min(bytes.count, 200) {
                let byte = bytes[index]
                if byte == UInt8(ascii: "#") {
                    while index < bytes.count, bytes[index] != 10 { index += 1 }
                } else if (48...57).contains(byte) {
                    var number = 0
                    while index < bytes.count, (48...57).contains(bytes[index]), number < 100_000 {
                        number = number * 10 + Int(bytes[index] - 48)
                        index += 1
                    }
                    numbers.append(number)
                    continue
                }
                index += 1
            }
            guard numbers.count == 3, numbers[2] == 255, index < bytes.count else { return nil }
            self.init(width: numbers[0], height: numbers[1], points: Array(bytes[(index + 1)...]))
        }

        fileprivate func isRed(_ x: Int, _ y: Int) -> Bool {
            guard (0..<width).contains(x), (0..<height).contains(y) else { return false }
            let place = (y * width + x) * 3
            let (red, green, blue) = (Int(points[place]), Int(points[place + 1]), Int(points[place + 2]))
            return red > 120 && red - green > 50 && red - blue > 50
        }
    }

    /// Of how many directions out of a middle a ring must show red.
    private static let sectors = 24
    private static let fewest = 19

    /// Whether somewhere a ring of 3.6 to 5 cm across is red nearly all around, its inside not filled with red.
    /// - Parameter dotsPerCentimetre: How finely the page is drawn; 20 are 50 an inch.
    public static func isLikely(on picture: Picture, dotsPerCentimetre: Double) -> Bool {
        let step = max(2, Int(dotsPerCentimetre / 5))
        let margin = Int(dotsPerCentimetre * 1.8)
        guard picture.width > 2 * margin, picture.height > 2 * margin else { return false }
        for y in stride(from: margin, to: picture.height - margin, by: step) {
            for x in stride(from: margin, to: picture.width - margin, by: step) {
                for centimetres in stride(from: 1.8, through: 2.5, by: 0.1)
                where isRing(picture, x, y, centimetres * dotsPerCentimetre, width: dotsPerCentimetre * 0.12) {
                    return true
                }
            }
        }
        return false
    }

    private static func isRing(_ picture: Picture, _ x: Int, _ y: Int, _ radius: Double, width: Double) -> Bool {
        var found = 0
        var filled = 0
        for sector in 0..<sectors {
            // Too many gaps already.
            if sector - found > sectors - fewest { return false }
            let (dx, dy) = directions[sector]
            var isFound = false
            var distance = radius - width
            while distance <= radius + width, !isFound {
                isFound = picture.isRed(x + Int((dx * distance).rounded()), y + Int((dy * distance).rounded()))
                distance += 0.7
            }
            if isFound { found += 1 }
            let inside = radius * 0.75
            if picture.isRed(x + Int((dx * inside).rounded()), y + Int((dy * inside).rounded())) { filled += 1 }
        }
        // Letters stand inside a stamp; a red area is none.
        return found >= fewest && filled < sectors - 4
    }

    /// Unit vectors all around, without a cosine: every 15 degrees, by adding the angle.
    private static let directions: [(Double, Double)] = {
        let (cosine, sine) = (0.965_925_826_289_068_3, 0.258_819_045_102_520_8)
        var all: [(Double, Double)] = []
        var (x, y) = (1.0, 0.0)
        for _ in 0..<sectors {
            all.append((x, y))
            (x, y) = (x * cosine - y * sine, x * sine + y * cosine)
        }
        return all
    }()
}
