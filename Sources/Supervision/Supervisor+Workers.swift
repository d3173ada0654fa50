import Control
import Credentials
import EventLoop
import Glibc
import Settings
import SystemCalls

/// Workers: started, ended, replaced.
extension Supervisor {
  func fillVacantPlaces() {
    for slot in places.vacantSlots { fill(slot) }
  }

  /// Starts a worker for the place, and gives postern-auth the other end of its socket.
  private func fill(_ slot: Int) {
    guard !isStopping, let service = service(.auth), service.link != nil, places[slot].isVacant,
      let settings = places[slot].purpose
    else { return }
    do {
      let pair = try UnixSocket.pair()
      let pid = try ChildProcess.spawn(
        path: programs.path(of: "postern-worker"), arguments: ["postern-worker"] + settings.arguments,
        descriptor: pair.far)
      places[slot].fill(by: ChildLife(pid: pid, began: loop.now), settings)
      order(
        .worker(slot: slot, incarnation: places[slot].incarnation, rights: settings.rights.rawValue),
        to: service, passing: pair.near.number)
    } catch {
      surroundings.log(.cannotStart(program: "postern-worker", error))
      refill(slot, afterLife: .zero, orderly: false)
    }
  }

  private func refill(_ slot: Int, afterLife life: Duration, orderly: Bool) {
    let wait = places[slot].backoff.wait(afterLife: life, orderly: orderly)
    if wait == .zero { return fill(slot) }
    loop.schedule(after: wait) { [unowned self] in fill(slot) }
  }

  /// postern-auth asks for the end of a worker.
  func killWorker(_ slot: Int, _ incarnation: UInt32) {
    guard places.slots.contains(slot), places[slot].incarnation == incarnation,
      let process = places[slot].holder?.process
    else { return }
    guard killBudget.spend(now: loop.now) else { return putOffKill(slot, incarnation) }
    surroundings.log(.workerKilled(slot: slot, pid: process.pid))
    kill(-process.pid, SIGKILL)
  }

  /// postern-auth gives this worker nothing more: it has to end, if not now, lest its place stay held for nothing.
  private func putOffKill(_ slot: Int, _ incarnation: UInt32) {
    guard places[slot].holder?.isDoomed == false else { return }
    surroundings.log(.killPutOff(slot: slot))
    places[slot].holder?.isDoomed = true
    loop.schedule(after: KillBudget.period) { [unowned self] in
      guard places[slot].incarnation == incarnation else { return }
      places[slot].holder?.isDoomed = false
      killWorker(slot, incarnation)
    }
  }

  /// Ends all of them, with what their modules have forked.
  func killWorkers() {
    for process in places.processes { kill(-process.pid, SIGKILL) }
  }

  func workerEnded(_ slot: Int, _ status: ChildStatus) {
    guard let life = places[slot].holder?.process else { return }
    places[slot].holder = nil
    // What a module has forked would go on holding the worker's socket.
    kill(-life.pid, SIGKILL)
    guard !isStopping, service(.auth)?.life != nil else { return }
    if !status.isOrderly {
      surroundings.log(
        .childEnded(program: "postern-worker", slot: slot, pid: life.pid, ending: status.description))
    }
    refill(slot, afterLife: loop.now - life.began, orderly: status.isOrderly)
  }
}
