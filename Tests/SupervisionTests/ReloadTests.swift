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

  @Test func `a request that comes during a reload is answered by the next one`() {
    var reload = Reload()
    reload.countRequest()
    var begins = [reload.mayBegin()]
    reload.proceed(to: .checking(pid: 7))
    reload.countRequest()
    begins.append(reload.mayBegin())
    var answers = [reload.answers]
    let again = reload.end()
    begins.append(reload.mayBegin())
    answers.append(reload.answers)
    #expect(begins == [true, false, true])
    #expect(again)
    #expect(answers == [1, 2])
  }

  @Test func `requests of a postern-auth that has ended are not answered to the next one`() {
    var reload = Reload()
    reload.countRequest()
    let begins = reload.mayBegin()
    #expect(begins)
    reload.proceed(to: .checking(pid: 7))
    reload.forgetRequests()
    reload.countRequest()
    #expect(reload.answers == 0)
  }
}
