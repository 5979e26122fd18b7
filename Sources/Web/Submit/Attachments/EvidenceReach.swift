import Access
import Review
import Submit
import Vocabulary

/// Who may see a file: whoever may read one of the cells that rest on it. For everybody else it does not exist.
struct EvidenceReach: Sendable {
    let services: Services

    struct Use: Sendable {
        let file: EvidenceFile
        let owner: Participation
    }

    /// The uses that the reader may see, oldest first; never empty.
    /// - Throws: `submit.evidence_unknown`, `submit.evidence_quarantined`, `submit.evidence_unscanned`.
    /// - Parameter heldToo: files that are not to be opened are told of.
    func uses(_ digest: Digest, _ context: WebContext, heldToo: Bool = false) async throws -> [Use] {
        var found: [Use] = []
        for file in try await services.cells.evidence.uses(of: digest) {
            guard let owner = try await services.rounds.participation(file.cell.round, file.cell.platform),
                context.principal.may(.readCell, on: owner.scope)
            else { continue }
            found.append(Use(file: file, owner: owner))
        }
        guard let first = found.first else { throw Failure("submit.evidence_unknown", ["digest": digest.hex]) }
        if !heldToo { try await requireClean(digest, first.file.name) }
        return found
    }

    private func requireClean(_ digest: Digest, _ name: String) async throws {
        guard let readings = services.people.attachments.readings,
            let state = try await readings.states([digest])[digest]
        else { return }
        if state.kind == .quarantined {
            throw Failure("submit.evidence_quarantined", ["name": name, "threat": state.note ?? ""])
        }
        // A file is begun before it is scanned, and one on which the reading fell twice never was.
        let isUnscanned =
            state.kind == .waiting || (state.pages == 0 && (state.kind == .reading || state.note == "fell"))
        if services.people.attachments.isScanned, isUnscanned {
            throw Failure("submit.evidence_unscanned", ["name": name])
        }
    }

    /// The digest of the address; whoever is not signed in is told so before anything else.
    static func digest(_ context: WebContext) throws -> Digest {
        if !context.principal.isSignedIn { try context.principal.require(.readCell) }
        let text = try context.parameter("digest")
        guard let digest = Digest(hex: text) else { throw Failure("submit.evidence_unknown", ["digest": text]) }
        return digest
    }
}
