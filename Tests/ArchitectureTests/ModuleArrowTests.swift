import Testing

@Suite struct ModuleArrowTests {
  @Test func `imports follow the arrows of the design`() throws {
    let allowed = Dictionary(uniqueKeysWithValues: ModuleArrows.all.map { ($0.module, $0.mayImport) })
    for (module, imports) in try SourceTree.imports() {
      let arrows = try #require(allowed[module], "\(module) has no place in the design")
      let surplus = imports.subtracting(arrows).subtracting(ModuleArrows.system)
      #expect(surplus.isEmpty, "\(module) must not import \(surplus.sorted().joined(separator: ", "))")
    }
  }

  @Test func `the arrows run one way`() {
    var above = ModuleArrows.packages
    for (module, arrows) in ModuleArrows.all {
      let upward = arrows.subtracting(above)
      #expect(upward.isEmpty, "\(module) points up to \(upward)")
      above.insert(module)
    }
  }

  @Test func `what parses strangers' bytes never links what checks passwords`() throws {
    let arrows = Dictionary(uniqueKeysWithValues: ModuleArrows.all.map { ($0.module, $0.mayImport) })
    func reach(_ module: String) -> Set<String> {
      (arrows[module] ?? []).reduce(into: [module]) { $0.formUnion(reach($1)) }
    }
    #expect(reach("AuthService").isDisjoint(with: ["Mechanisms", "CPAM", "CCrypt", "DNS"]))
    #expect(reach("WorkerRuntime").isDisjoint(with: ["DNS"]))
    #expect(
      reach("Supervision").isDisjoint(with: [
        "Mechanisms", "CPAM", "CCrypt", "SaslauthdProtocol", "AuthService", "DNS",
      ]))
  }

  @Test func `no source imports Foundation, and only the operator's tool its essentials`() throws {
    for (module, imports) in try SourceTree.imports() {
      #expect(!imports.contains("Foundation"), "\(module)")
      #expect(!imports.contains("FoundationEssentials") || module == "OperatorTool", "\(module)")
    }
  }
}
