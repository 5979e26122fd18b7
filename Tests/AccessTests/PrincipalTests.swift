import Access
import Testing
import Vocabulary

@Suite("Who may do what")
struct PrincipalTests {
    static let own = "91320594MA1XYZ0001"
    static let other = "91320594MA1XYZ0002"

    static func someone(
        _ roles: Set<Role>, company: String? = nil, region: RegionCode? = nil
    ) -> Principal {
        Principal(account: "someone", displayName: "某人", roles: roles, company: company, region: region)
    }

    static func platform(
        _ company: String, _ region: RegionCode = "320583", _ assigned: Set<AccountID>? = nil
    ) -> Scope { .platform(company: company, region: region, assigned: assigned, experts: assigned) }

    @Test("Nobody reads what is public and may do nothing else", arguments: Permission.allCases)
    func nobody(permission: Permission) {
        for scope in [Scope.installation, Self.platform(Self.own)] {
            #expect(Principal.nobody.may(permission, on: scope) == (permission == .readPublic))
        }
    }

    @Test("A company reaches its own platform and no other", arguments: [Role.reporter, .manager])
    func company(role: Role) {
        let principal = Self.someone([role], company: Self.own)
        #expect(principal.may(.declareCell, on: Self.platform(Self.own)))
        #expect(!principal.may(.declareCell, on: Self.platform(Self.other)))
        #expect(!principal.may(.readCell, on: Self.platform(Self.other)))
        #expect(!principal.may(.readCell, on: .installation))
        #expect(!principal.may(.verifyCell, on: Self.platform(Self.own)))
        #expect(principal.may(.submitSubmission, on: Self.platform(Self.own)) == (role == .manager))
        #expect(principal.may(.managePortKeys, on: Self.platform(Self.own)) == (role == .manager))
    }

    @Test("A company role without a company reaches nothing")
    func companyWithoutCode() {
        #expect(!Self.someone([.manager]).may(.readCell, on: Self.platform("")))
    }

    @Test("A county reaches itself, a city itself and its counties")
    func regions() {
        let county = Self.someone([.countyClerk], region: "320583")
        #expect(county.may(.checkCounty, on: Self.platform(Self.own, "320583")))
        #expect(!county.may(.checkCounty, on: Self.platform(Self.own, "320582")))
        #expect(!county.may(.checkCounty, on: .platform(company: Self.own, region: nil)))
        let city = Self.someone([.cityClerk], region: "320500")
        #expect(city.may(.checkCity, on: Self.platform(Self.own, "320583")))
        #expect(city.may(.checkCity, on: Self.platform(Self.own, "320500")))
        #expect(!city.may(.checkCity, on: Self.platform(Self.own, "320400")))
        #expect(city.may(.checkCounty, on: Self.platform(Self.own, "320583")))
        #expect(!city.may(.recommend, on: Self.platform(Self.own, "320583")))
        #expect(Self.someone([.cityHead], region: "320500").may(.recommend, on: Self.platform(Self.own)))
        #expect(!Self.someone([.cityClerk]).may(.checkCity, on: .platform(company: Self.own, region: nil)))
    }

    @Test("Verifiers and experts reach what is assigned to them")
    func assigned() {
        for (role, permission) in [(Role.verifier, Permission.verifyCell), (.expert, .giveMark)] {
            let principal = Self.someone([role])
            #expect(principal.may(permission, on: Self.platform(Self.own, "320500", ["someone"])))
            #expect(!principal.may(permission, on: Self.platform(Self.own, "320500", ["another"])))
            #expect(principal.may(permission, on: Self.platform(Self.own)))
            #expect(!principal.may(permission, on: .installation))
        }
    }

    @Test("The inspector reads everything and changes nothing")
    func inspector() {
        let principal = Self.someone([.inspector])
        let reads: Set<Permission> = [
            .readPublic, .readRound, .readPlatform, .readCell, .readMarks, .readPort, .readList, .readComputation,
            .readDraftResult, .readAudit, .readAccounts, .useOwnAccount, .readPersonal, .readRetention,
            .readSample, .readObjections, .readObjector,
        ]
        for permission in Permission.allCases {
            #expect(principal.may(permission, on: Self.platform(Self.own)) == reads.contains(permission))
        }
    }

    @Test("None of the three administrators can do another's work, or take part in the evaluation")
    func administrators() {
        let work: [Role: Set<Permission>] = [
            .systemAdministrator: [.manageAccounts], .securityAdministrator: [.secureAccounts],
            .auditAdministrator: [.readAudit, .readRetention],
        ]
        let shared: Set<Permission> = [.readPublic, .useOwnAccount, .readAccounts]
        for (role, own) in work {
            for permission in Permission.allCases {
                let expected = own.contains(permission) || shared.contains(permission)
                #expect(Self.someone([role]).may(permission, on: Self.platform(Self.own)) == expected)
            }
        }
    }

    @Test("The operator proposes, the approver decides")
    func province() {
        let (clerk, approver) = (Self.someone([.provinceOperator]), Self.someone([.approver]))
        #expect(clerk.may(.runComputation) && clerk.may(.importList) && !clerk.may(.decideRound))
        #expect(approver.may(.decideRound) && !approver.may(.importList))
        #expect(!approver.may(.verifyCell, on: Self.platform(Self.own)))
    }

    @Test("Every permission is somebody's, so that nothing is locked for ever", arguments: Permission.allCases)
    func everyPermissionIsGranted(permission: Permission) {
        let holders = Role.allCases.filter { role in
            Self.someone([role], company: Self.own, region: "320583").may(permission, on: Self.platform(Self.own))
        }
        #expect(!holders.isEmpty)
    }

    @Test("A refusal says whether to sign in or to ask for the permission")
    func refusals() {
        #expect(throws: Failure("access.sign_in_required")) { try Principal.nobody.require(.runRound) }
        #expect(throws: Failure("access.denied", ["permission": "round.run"])) {
            try Self.someone([.expert]).require(.runRound)
        }
    }
}
