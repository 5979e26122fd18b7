import Scheme
import Score
import Trust
import Vocabulary

extension FrozenInputs {
    /// `{"lotSeed", "round", "scheme", "units": [{"evidence", "id", "portScales", "type", "values", "waiting"}]}`.
    public var json: CanonicalJSON {
        .object([
            "round": .string(round.rawValue), "scheme": .string(schemeDigest.hex),
            "lotSeed": .string(String(lotSeed)), "units": .array(units.map { FrozenInputs.json($0) }),
        ])
    }

    /// Reads the canonical bytes back.
    /// - Throws: `evaluate.inputs_unreadable`.
    public init(bytes: [UInt8]) throws {
        let json = try CanonicalJSON(parsing: bytes)
        guard case .array(let list)? = json["units"], let round = json.text("round"),
            let scheme = json.text("scheme").flatMap({ Digest(hex: $0) }),
            let seed = json.text("lotSeed").flatMap({ UInt64($0) })
        else { throw Failure("evaluate.inputs_unreadable") }
        self.init(
            round: RoundID(round), schemeDigest: scheme, lotSeed: seed, units: try list.map { try Self.unit($0) })
    }

    private static func json(_ unit: RatedUnit) -> CanonicalJSON {
        var fields: [String: CanonicalJSON] = [
            "id": .string(unit.id), "values": .object(unit.values.mapValues { .string($0.text) }),
            "waiting": .array(unit.waiting.sorted().map { .string($0.rawValue) }),
        ]
        fields["type"] = unit.type.map { .string($0) } ?? .null
        fields["evidence"] = .object(
            unit.evidence.reduce(into: [:]) { out, pair in
                out[pair.key.rawValue] = .object([
                    "level": .number(Double(pair.value.level.rawValue)), "raised": .bool(pair.value.isRaised),
                    "completeness": .number(pair.value.completeness),
                ])
            })
        fields["portScales"] = .object(
            unit.portScales.reduce(into: [:]) { $0[$1.key.rawValue] = CanonicalJSON($1.value) })
        return .object(fields)
    }

    private static func unit(_ json: CanonicalJSON) throws -> RatedUnit {
        guard let id = json.text("id"), case .object(let values)? = json["values"],
            case .array(let waiting)? = json["waiting"], case .object(let evidence)? = json["evidence"],
            case .object(let scales)? = json["portScales"]
        else { throw Failure("evaluate.inputs_unreadable") }
        var unit = RatedUnit(id: id, type: json.text("type"), values: [:])
        for (id, value) in values {
            guard case .string(let text) = value, let figure = ScoreValue(text) else {
                throw Failure("evaluate.inputs_unreadable")
            }
            unit.values[id] = figure
        }
        for case .string(let id) in waiting { unit.waiting.insert(IndicatorID(id)) }
        for (id, value) in evidence {
            guard case .number(let number)? = value["level"], let level = EvidenceLevel(rawValue: Int(number)),
                case .bool(let isRaised)? = value["raised"], case .number(let completeness)? = value["completeness"]
            else { throw Failure("evaluate.inputs_unreadable") }
            unit.evidence[IndicatorID(id)] = CellEvidence(
                level: level, isRaised: isRaised, completeness: completeness)
        }
        for (id, value) in scales {
            guard case .string(let text) = value, let scale = ExactDecimal(text) else {
                throw Failure("evaluate.inputs_unreadable")
            }
            unit.portScales[IndicatorID(id)] = scale
        }
        return unit
    }
}

extension CanonicalJSON {
    fileprivate func text(_ name: String) -> String? {
        guard case .string(let text)? = self[name] else { return nil }
        return text
    }
}
