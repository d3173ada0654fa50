import Settings
import Testing

@testable import Supervision

@Suite struct ReloadTests {
  @Test func `A reload that is asked for during another comes once, after it`() {
    var reload = Reload()
    var answers = [reload.mayBegin()]
    reload.proceed(to: .checking(pid: 7))
    answers.append(reload.mayBegin())
    reload.proceed(to: .proposed(.settings(Settings()), to: [.auth]))
    answers.append(reload.mayBegin())
    #expect(answers == [true, false, false])
    let again = reload.end()
    #expect(again)
    let begins = reload.mayBegin()
    #expect(begins)
    reload.proceed(to: .proposed(.commandLine, to: []))
    let oncemore = reload.end()
    #expect(!oncemore)
  }

  @Test func `a request that comes during a reload is answered by the next one`() {
    var reload = Reload()
    reload.countRequest(of: .auth)
    var begins = [reload.mayBegin()]
    reload.proceed(to: .checking(pid: 7))
    reload.countRequest(of: .auth)
    begins.append(reload.mayBegin())
    var answers = [reload.answers(to: .auth)]
    let again = reload.end()
    begins.append(reload.mayBegin())
    answers.append(reload.answers(to: .auth))
    #expect(begins == [true, false, true])
    #expect(again)
    #expect(answers == [1, 2])
  }

  @Test func `requests of a postern-auth that has ended are not answered to the next one`() {
    var reload = Reload()
    reload.countRequest(of: .auth)
    let begins = reload.mayBegin()
    #expect(begins)
    reload.proceed(to: .checking(pid: 7))
    reload.forgetRequests(of: .auth)
    reload.countRequest(of: .auth)
    #expect(reload.answers(to: .auth) == 0)
  }

  @Test func `the settings are in force when every service has read them, or is gone`() {
    var reload = Reload()
    let new = Settings()
    _ = reload.mayBegin()
    reload.proceed(to: .proposed(.settings(new), to: [.auth, .policy]))
    let first = reload.take(from: .policy)
    let again = reload.take(from: .policy)
    let last = reload.take(from: .auth)
    #expect(first == nil && again == nil && last == .settings(new))
    _ = reload.end()
    let late = reload.take(from: .auth)
    #expect(late == nil)
  }
}
