/// A sound scheme of a few lines that tests break in one place at a time.
enum SmallScheme {
    static let text = """
        format: 1
        id: small
        title: {zh: 小方案, en: Small scheme, origin: default}
        edition: "2025"
        zone: Asia/Shanghai
        calendar: {data-year: 2024, cut-off: 2025-12-15, port-months: 3, on-time-days: 3, origin: default}
        values: {unit-column: unit, type-column: type}
        types:
          - {id: wide, title: {zh: 综合型, en: Wide}, parameters: {asked: 9}, origin: default}
        total: {aggregation: sum, base: 20, bonus-cap: 2, origin: default}
        precision: {level: indicator, places: 2, origin: default}
        sections:
          - id: base
            title: {zh: 基础, en: Base, origin: source}
            points: {value: 20, origin: default}
            groups:
              - id: figures
                title: {zh: 数据, en: Figures, origin: source}
                points: {value: 20, origin: default}
                indicators:
                  - number: 1
                    id: devices
                    title: {zh: 设备, en: Devices, origin: source}
                    definition: {zh: 上报的设备, en: Devices that reported, origin: default}
                    unit: {zh: 台, en: devices, origin: default}
                    mode: {value: port, origin: source}
                    subject: {value: platform, origin: default}
                    window: {value: end, origin: default}
                    points: {value: 5, origin: default}
                    rule: {kind: log, floor: 10, target: 1_000, foot: 0.2, origin: default}
                    missing: {value: zero, origin: default}
                    port: {measure: distinct-devices, evidence-class: stock, origin: default}
                  - number: 2
                    id: level
                    title: {zh: 等级, en: Level, origin: source}
                    definition: {zh: 证书等级, en: Level of the certificate, origin: default}
                    unit: {zh: 级, en: level, origin: default}
                    mode: {value: upload, origin: source}
                    subject: {value: operator, origin: default}
                    window: {value: on-cut-off, origin: default}
                    points: {value: 2, origin: default}
                    rule:
                      kind: tiers
                      origin: default
                      tiers:
                        - {at: 2, points: 1}
                        - {at: 3, points: 2}
                    missing: {value: zero, origin: default}
                    auxiliaries:
                      - {id: report, title: {zh: 报告, en: Report}, unit: {zh: 是/否, en: yes/no}, kind: condition, origin: default}
                    reductions:
                      - {without: report, factor: 0.5, origin: default}
                  - number: 3
                    id: share
                    title: {zh: 占比, en: Share, origin: source}
                    definition: {zh: 人员占比, en: Share of people, origin: default}
                    unit: {zh: "%", en: "%", places: 2, origin: default}
                    mode: {value: upload, origin: source}
                    subject: {value: operator, origin: default}
                    window: {value: data-year, origin: default}
                    points: {value: 5, origin: default}
                    rule: {kind: linear, floor: 0, target: 40, origin: default}
                    missing: {value: zero, origin: default}
                    ratio: {numerator: devices, denominator: share.staff, denominator-at-least: 20, origin: default}
                    auxiliaries:
                      - {id: staff, title: {zh: 员工, en: Staff}, unit: {zh: 人, en: people}, origin: default}
                  - number: 4
                    id: standards
                    title: {zh: 标准, en: Standards, origin: source}
                    definition: {zh: 发布的标准, en: Published standards, origin: default}
                    unit: {zh: 项, en: standards, origin: default}
                    mode: {value: upload, origin: source}
                    subject: {value: operator, origin: default}
                    window: {value: up-to-cut-off, origin: default}
                    points: {value: 3, origin: default}
                    rule:
                      kind: per-item
                      origin: default
                      items:
                        - {part: led, each: 1.5}
                        - {part: taken, each: 0.5}
                      set-caps:
                        - {parts: [taken], cap: 1}
                      cap: 3
                    missing: {value: zero, origin: default}
                    sampled: {value: true, origin: default}
                    parts:
                      - {id: led, title: {zh: 牵头, en: Led}, unit: {zh: 项, en: standards}, origin: default}
                      - {id: taken, title: {zh: 参与, en: Taken part in}, unit: {zh: 项, en: standards}, origin: default}
                    items:
                      origin: default
                      count: {kind: by-part, field: role}
                      fields:
                        - {id: number, title: {zh: 编号, en: Number}, kind: certificate, form: standard, key: true}
                        - {id: role, title: {zh: 角色, en: Role}, kind: choice, dictionary: roles}
                  - number: 5
                    id: cases
                    title: {zh: 案例, en: Cases, origin: source}
                    definition: {zh: 场景案例, en: Cases of scenarios, origin: default}
                    unit: {zh: 分, en: points, origin: default}
                    mode: {value: upload, origin: source}
                    subject: {value: platform, origin: default}
                    window: {value: years 2022-2024, origin: source}
                    points: {value: 5, origin: default}
                    rule:
                      kind: sum-of-parts
                      origin: default
                      parts:
                        - {part: accepted, points: 1, divided-by: asked, rule: {kind: linear, floor: 0, target: 1}}
                        - {part: mark, points: 4, rule: {kind: mark}}
                    zero-without: {value: cases.accepted, origin: default}
                    missing: {value: zero, origin: default}
                    parts:
                      - {id: accepted, title: {zh: 认定数, en: Accepted}, unit: {zh: 个, en: cases}, origin: default}
                      - {id: mark, title: {zh: 评分, en: Mark}, unit: {zh: 分, en: of 100}, kind: mark, origin: default}
          - id: extra
            title: {zh: 加分, en: Bonus, origin: source}
            bonus: true
            groups:
              - id: honours-group
                title: {zh: 荣誉, en: Honours, origin: source}
                indicators:
                  - number: 6
                    id: honours
                    title: {zh: 荣誉, en: Honours, origin: source}
                    definition: {zh: 官方名单, en: Official lists, origin: default}
                    unit: {zh: 项, en: honours, origin: default}
                    mode: {value: list, origin: source}
                    subject: {value: platform, origin: default}
                    window: {value: list-year 2024, origin: source}
                    points: {value: 2, origin: default}
                    rule: {kind: per-item, origin: default, items: [{part: cases, each: 1}], cap: 2}
                    missing: {value: zero, origin: default}
                    parts:
                      - {id: cases, title: {zh: 名单, en: Lists}, unit: {zh: 项, en: lists}, origin: default}
                    lists:
                      - {id: a, title: {zh: 名单甲, en: List A}, issuer: {zh: 部, en: Ministry}, part: cases, year: 2024, origin: source}
        ranking: {within-type: true, origin: default, limited-list: {count: 10, order: [base, "value:share", lot]}}
        grades:
          - {id: good, title: {zh: 良, en: Good}, floor: 15, origin: default}
          - {id: pass, title: {zh: 合格, en: Pass}, floor: 10, origin: default}
        evidence-worth:
          origin: default
          stock: [0.6, 1, 1, 1, 1]
          activity: [0.5, 0.8, 1, 1, 1]
          raised-declared: 0.8
          completeness-threshold: 0.9
          deviation-tolerance: 0.05
        sampling: {whole-up-to: 30, draw: 30, draw-large: 59, large-from: 4, return-below: 0.8, working-days: 5, origin: default}
        expert-marking:
          origin: default
          experts: 5
          at-least: 3
          trim-from: 5
          reason-below: 60
          reason-above: 90
          bands:
            - {title: {zh: 优, en: Good}, from: 60}
            - {title: {zh: 差, en: Poor}, from: 0}
          rubric:
            - {title: {zh: 成效, en: Effect}, points: 100, steps: [{zh: 有, en: some}, {zh: 无, en: none}]}
        visibility:
          - {what: ranks, who: public, from: published, origin: default}
        dictionaries:
          - id: roles
            title: {zh: 角色, en: Roles}
            origin: default
            entries:
              - {code: led, zh: 牵头, en: Led}
              - {code: taken, zh: 参与, en: Taken part in}
        certificates:
          - {id: standard, title: {zh: 标准号, en: Standard}, pattern: "GB [0-9]+", check: none, example: GB 1, origin: default}
        signals:
          - {id: late, title: {zh: 迟到, en: Late}, thresholds: {share: 0.1}, origin: default}
        switches:
          - {id: county-review, title: {zh: 县级初审, en: County review}, value: true, origin: default}
        """
}
