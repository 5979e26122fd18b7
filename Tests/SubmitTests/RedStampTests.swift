import Submit
import Testing

@Suite("The hint at a red stamp")
struct RedStampTests {
    private static let dots = 50 / 2.54

    /// A white sheet of A4 at 50 dots an inch, painted by what the test says of every point in centimetres.
    private static func sheet(_ colour: (Double, Double) -> (UInt8, UInt8, UInt8)?) throws -> RedStamp.Picture {
        let (width, height) = (413, 585)
        var points: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let (red, green, blue) = colour(Double(x) / dots, Double(y) / dots) ?? (250, 250, 248)
                points += [red, green, blue]
            }
        }
        return try #require(RedStamp.Picture(width: width, height: height, points: points))
    }

    private static func ring(_ x: Double, _ y: Double, radius: Double) -> Bool {
        let distance = (x * x + y * y).squareRoot()
        return abs(distance - radius) < 0.08
    }

    @Test("A red ring of the size of a seal is found wherever it stands, also broken by a line of writing")
    func stamps() throws {
        for (x, y, radius) in [(15.0, 24.0, 2.1), (4.3, 6.1, 2.0), (10.5, 14.9, 2.25)] {
            let picture = try Self.sheet { px, py in
                if abs(py - y) < 0.15 { return (20, 20, 20) }
                return Self.ring(px - x, py - y, radius: radius) ? (214, 48, 52) : nil
            }
            #expect(RedStamp.isLikely(on: picture, dotsPerCentimetre: Self.dots), "\(x) \(y)")
        }
    }

    @Test("Red lines, red areas, a black ring and a ring of another size are none")
    func others() throws {
        let sheets: [(String, (Double, Double) -> (UInt8, UInt8, UInt8)?)] = [
            ("blank", { _, _ in nil }),
            ("red head and line", { _, y in y < 1.5 || abs(y - 6) < 0.1 ? (220, 30, 30) : nil }),
            ("red area", { x, y in x > 8 && x < 16 && y > 8 && y < 16 ? (220, 30, 30) : nil }),
            ("black ring", { x, y in Self.ring(x - 10, y - 10, radius: 2.1) ? (20, 20, 20) : nil }),
            ("small ring", { x, y in Self.ring(x - 10, y - 10, radius: 0.9) ? (220, 30, 30) : nil }),
            ("red frame", { x, y in abs(max(abs(x - 10), abs(y - 10)) - 2) < 0.08 ? (220, 30, 30) : nil }),
        ]
        for (name, colour) in sheets {
            let found = RedStamp.isLikely(on: try Self.sheet(colour), dotsPerCentimetre: Self.dots)
            #expect(!found, "\(name)")
        }
    }

    @Test("A portable pixmap is read, and what is none, or is short, is not")
    func pixmaps() {
        let good = Array("P6\n# made\n2 1\n255\n".utf8) + [1, 2, 3, 4, 5, 6]
        #expect(RedStamp.Picture(portablePixmap: good)?.points == [1, 2, 3, 4, 5, 6])
        for bad in [[], Array("P5\n2 1\n255\nabcdef".utf8), Array(good.dropLast()), Array("P6 9999999 9 255 ".utf8)] {
            #expect(RedStamp.Picture(portablePixmap: bad) == nil)
        }
    }
}
