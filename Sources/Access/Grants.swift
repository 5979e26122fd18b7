/// How far a role's permission goes.
enum Reach: Sendable, Hashable {
    case everywhere
    /// The own company, the own region, or what is assigned.
    case within
}

extension Role {
    /// What the role may do, and how far: the one table that says so.
    var grants: [Permission: Reach] { Role.table[self] ?? [:] }

    private static let table: [Role: [Permission: Reach]] = {
        var table: [Role: [Permission: Reach]] = [:]
        for role in Role.allCases {
            table[role] = Dictionary(role.everywhere.map { ($0, .everywhere) }) { a, _ in a }
                .merging(role.within.map { ($0, .within) }) { a, _ in a }
        }
        return table
    }()

    private var everywhere: Set<Permission> {
        let read: Set<Permission> = [.readRound, .readList]
        let readAll: Set<Permission> = read.union([
            .readPlatform, .readCell, .readMarks, .readPort, .readComputation, .readDraftResult, .readObjections,
            .readSample,
        ])
        switch self {
        case .reporter, .manager, .countyClerk, .cityClerk, .cityHead, .verifier: return read
        case .expert: return read.union([.readCases])
        case .provinceOperator:
            return readAll.union([
                .runRound, .registerPlatform, .checkFormally, .verifyCell, .returnCell, .managePortKeys, .importList,
                .runMatching, .runComputation, .readPersonal, .readRetention, .readObjector, .runSampling, .judgeSample,
                .setWindow, .keepExperts,
            ])
        case .approver:
            return readAll.union([.runRound, .decideRound, .runComputation, .readRetention, .readObjector])
        case .panel: return readAll.union([.settle])
        case .inspector:
            return readAll.union([.readAudit, .readAccounts, .readPersonal, .readRetention, .readObjector])
        case .systemAdministrator: return [.manageAccounts, .readAccounts]
        case .securityAdministrator: return [.readAccounts, .secureAccounts]
        case .auditAdministrator: return [.readAccounts, .readAudit, .readRetention]
        }
    }

    private var within: Set<Permission> {
        let read: Set<Permission> = [.readPlatform, .readCell]
        switch self {
        case .reporter: return read.union([.declareCell, .readPort, .readSample])
        case .manager: return read.union([.declareCell, .submitSubmission, .readPort, .managePortKeys, .readSample])
        case .countyClerk: return read.union([.checkCounty, .returnCell, .readPort])
        case .cityClerk:
            return read.union([
                .setWindow, .checkCounty, .checkCity, .returnCell, .readPort, .readPersonal, .readSample, .judgeSample,
            ])
        case .cityHead: return read.union([.setWindow, .recommend, .readPort, .readSample])
        case .verifier:
            return read.union([.verifyCell, .readPort, .readPersonal, .readSample, .judgeSample, .checkSite])
        case .expert: return read.union([.giveMark])
        default: return []
        }
    }
}
