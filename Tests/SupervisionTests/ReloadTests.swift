import Settings
import Testing

@testable import Supervision

@Suite struct ReloadTests {
  @Test func `A reload that is asked for during another comes once, after it`() {
    var reload = Reload()
    var answers = [reload.mayBegin()]
    reload.proceed(to: .checking(pid: 7))
    answers.append(reload.mayBegin())
    reload.proceed(to: .proposed(Settings()))
    answers.append(reload.mayBegin())
    #expect(answers == [true, false, false])
    let again = reload.end()
    #expect(again)
    let begins = reload.mayBegin()
    #expect(begins)
    reload.proceed(to: .proposed(nil))
    let oncemore = reload.end()
    #expect(!oncemore)
  }
}
