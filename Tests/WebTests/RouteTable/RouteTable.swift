import Access

/// Who is let in by which route. The walk holds every registered route against it; a route that is not here fails.
enum RouteTable {
    /// The public.
    static let everybody: Set<String> = Set(["nobody"]).union(signedIn)
    /// Whoever has a session.
    static let signedIn: Set<String> = Set(Role.allCases.map(\.rawValue))
    /// Whoever has a part in the evaluation: all but the three administrators.
    static let participants: Set<String> = signedIn.subtracting([
        "system-administrator", "security-administrator", "audit-administrator",
    ])
    /// Who reads cells; experts only while the round has drawn none, from then on their own cases on their own pages.
    static let cellReaders: Set<String> = participants
    /// Who sees all platforms before publication.
    static let provinceReaders: Set<String> = ["operator", "approver", "panel", "inspector"]
    /// Who moves a round and computes; which of the two, each action says.
    static let deciders: Set<String> = ["operator", "approver"]
    /// Who has the workbench.
    static let offices: Set<String> = [
        "county-clerk", "city-clerk", "city-head", "operator", "approver", "verifier", "panel", "inspector",
    ]
    /// The platform company.
    static let companies: Set<String> = ["reporter", "manager"]
    /// A company for itself, the operator for all.
    static let registrars: Set<String> = ["reporter", "manager", "operator"]
    /// Who makes and revokes port keys.
    static let keyHolders: Set<String> = ["manager", "operator"]
    /// Who sees the port of a platform.
    static let portReaders: Set<String> = participants.subtracting(["expert"])
    /// The expert sees their own marks, the province all.
    static let markReaders: Set<String> = provinceReaders.union(["expert"])
    /// Who gives a verified value.
    static let verifiers: Set<String> = ["operator", "verifier"]
    /// Who sends a cell back.
    static let returners: Set<String> = ["operator", "county-clerk", "city-clerk"]
    /// Who sees the accounts.
    static let accountReaders: Set<String> = [
        "system-administrator", "security-administrator", "audit-administrator", "inspector",
    ]
    /// Who opens what an entry commits to.
    static let auditReaders: Set<String> = ["audit-administrator", "inspector"]
    static let systemAdministrator: Set<String> = ["system-administrator"]
    static let securityAdministrator: Set<String> = ["security-administrator"]
    static let operatorOnly: Set<String> = ["operator"]
    static let approverOnly: Set<String> = ["approver"]
    static let expertOnly: Set<String> = ["expert"]
    static let managerOnly: Set<String> = ["manager"]
    /// No session opens the port; it has its own keys.
    static let nobodyAtAll: Set<String> = []

    /// Everybody that a route lets in, for the platform of their own company and region.
    static let letIn: [String: Set<String>] = Dictionary(
        uniqueKeysWithValues: (groups + people).flatMap { group in group.routes.map { ($0, group.who) } })

    /// A route that the public may ask hides by what it shows, not by whom it lets in.
    static func isPublic(_ route: String) -> Bool { letIn[route]?.contains("nobody") ?? false }

    private static let people = [
        workflow, desk, sampling, experts, panel, forms, attachments, burden, paper, accounts, privacy, challenge,
    ].flatMap { $0 }

    private static let groups: [(who: Set<String>, routes: [String])] = [
        (
            everybody,
            [
                "GET /",
                "GET /api/openapi.yaml",
                "GET /api/v1/log/checkpoint",
                "GET /api/v1/log/consistency",
                "GET /api/v1/log/entries",
                "GET /api/v1/log/entries/{index}",
                "GET /api/v1/log/entries/{index}/proof",
                "GET /api/v1/log/entries/{index}/proof.txt",
                "GET /api/v1/log/inclusion",
                "GET /api/v1/log/key",
                "GET /api/v1/rounds",
                "GET /api/v1/rounds/{round}",
                "GET /api/v1/rounds/{round}/platforms/{platform}/sheet",
                "GET /api/v1/rounds/{round}/result",
                "GET /api/v1/rounds/{round}/result.csv",
                "GET /api/v1/schemes",
                "GET /api/v1/schemes/{scheme}",
                "GET /api/v1/schemes/{scheme}/file",
                "GET /assets/vendor/{file}",
                "GET /assets/{file}",
                "GET /log",
                "GET /log/{index}",
                "GET /problems/{code}",
                "GET /rounds/{round}",
                "GET /rounds/{round}/method",
                "GET /rounds/{round}/platforms/{platform}",
                "GET /rounds/{round}/result",
                "GET /sign-in",
                "POST /api/v1/sessions",
                "POST /sign-in",
                "POST /sign-out",
            ]
        ),
        (
            signedIn,
            [
                "DELETE /api/v1/sessions/{session}",
                "GET /api/v1/evidence/{digest}",
                "GET /api/v1/me",
                "GET /api/v1/rounds/{round}/platforms",
                "GET /api/v1/sessions",
                "PUT /api/v1/me/password",
            ]
        ),
        (
            participants,
            [
                "GET /api/v1/rounds/{round}/lists",
                "GET /api/v1/rounds/{round}/lists/{list}",
                "GET /api/v1/rounds/{round}/lists/{list}/file",
                "GET /api/v1/rounds/{round}/lists/{list}/rows",
                "GET /api/v1/rounds/{round}/platforms/{platform}",
                "GET /api/v1/rounds/{round}/platforms/{platform}/submission",
                "POST /api/v1/rounds/{round}/platforms/{platform}/submission/actions",
            ]
        ),
        (
            cellReaders,
            [
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells",
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}",
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/declared",
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/evidence",
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/items",
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/items/template",
                "GET /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/proof",
            ]
        ),
        (
            provinceReaders,
            [
                "GET /api/v1/rounds/{round}/computations",
                "GET /api/v1/rounds/{round}/computations/{computation}",
                "GET /api/v1/rounds/{round}/computations/{computation}/events",
                "GET /api/v1/rounds/{round}/computations/{computation}/values.csv",
                "GET /api/v1/rounds/{round}/matches",
            ]
        ),
        (
            deciders,
            [
                "POST /api/v1/rounds",
                "POST /api/v1/rounds/{round}/actions",
                "POST /api/v1/rounds/{round}/computations",
                "POST /api/v1/rounds/{round}/computations/{computation}/stop",
                "POST /authority/rounds/{round}/actions",
                "POST /authority/rounds/{round}/computations",
            ]
        ),
        (
            offices,
            [
                "GET /authority/rounds/{round}",
                "GET /authority/rounds/{round}/queue",
            ]
        ),
        (
            companies,
            [
                "DELETE /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/evidence/{digest}",
                "GET /company/rounds/{round}",
                "GET /company/rounds/{round}/port",
                "GET /company/rounds/{round}/sections/{section}",
                "POST /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/evidence",
                "POST /company/rounds/{round}/cells/{indicator}",
                "POST /company/rounds/{round}/cells/{indicator}/evidence",
                "POST /company/rounds/{round}/cells/{indicator}/evidence/remove",
                "POST /company/rounds/{round}/cells/{indicator}/items",
                "PUT /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/declared",
                "PUT /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/items",
            ]
        ),
        (
            registrars,
            [
                "POST /api/v1/rounds/{round}/platforms"
            ]
        ),
        (
            keyHolders,
            [
                "DELETE /api/v1/rounds/{round}/platforms/{platform}/port-keys/{key}",
                "DELETE /api/v1/rounds/{round}/platforms/{platform}/signing-keys/{key}",
                "GET /api/v1/rounds/{round}/platforms/{platform}/port-keys",
                "GET /api/v1/rounds/{round}/platforms/{platform}/signing-keys",
                "POST /api/v1/rounds/{round}/platforms/{platform}/port-keys",
                "POST /api/v1/rounds/{round}/platforms/{platform}/signing-keys",
            ]
        ),
        (
            portReaders,
            [
                "GET /api/v1/rounds/{round}/platforms/{platform}/port",
                "GET /api/v1/rounds/{round}/platforms/{platform}/port/batches",
            ]
        ),
        (
            markReaders,
            [
                "GET /api/v1/rounds/{round}/platforms/{platform}/marks/{indicator}"
            ]
        ),
        (
            verifiers,
            [
                "POST /authority/rounds/{round}/queue/{platform}/{indicator}/verified",
                "PUT /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/verified",
            ]
        ),
        (
            returners,
            [
                "POST /api/v1/rounds/{round}/platforms/{platform}/cells/{indicator}/return",
                "POST /authority/rounds/{round}/queue/{platform}/{indicator}/return",
            ]
        ),
        (
            accountReaders,
            [
                "GET /accounts",
                "GET /api/v1/accounts",
                "GET /api/v1/accounts/{account}",
            ]
        ),
        (
            auditReaders,
            [
                "GET /api/v1/log/entries/{index}/opening"
            ]
        ),
        (
            systemAdministrator,
            [
                "POST /accounts",
                "POST /api/v1/accounts",
            ]
        ),
        (
            securityAdministrator,
            [
                "POST /api/v1/accounts/{account}/actions"
            ]
        ),
        (
            operatorOnly,
            [
                "POST /api/v1/rounds/{round}/lists",
                "POST /api/v1/rounds/{round}/lists/{list}/actions",
                "POST /api/v1/rounds/{round}/matches",
                "POST /api/v1/rounds/{round}/registry-lookups",
            ]
        ),
        (
            approverOnly,
            [
                "POST /api/v1/rounds/{round}/platforms/{platform}/port-leaves"
            ]
        ),
        (
            expertOnly,
            [
                "PUT /api/v1/rounds/{round}/platforms/{platform}/marks/{indicator}"
            ]
        ),
        (
            managerOnly,
            [
                "POST /company/rounds/{round}/port/keys",
                "POST /company/rounds/{round}/submission",
            ]
        ),
        (
            nobodyAtAll,
            [
                "GET /port/v1/batches/{batch}",
                "GET /port/v1/batches/{batch}/rejects",
                "GET /port/v1/connection",
                "POST /port/v1/batches",
                "POST /port/v1/batches/{batch}/void",
                "POST /port/v1/sandbox/batches",
                "POST /port/v1/snapshots/{kind}",
            ]
        ),
    ]
}
