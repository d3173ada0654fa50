import Authentication
import Credentials
import SystemCalls
import WorkerProtocol

/// Workers: heard and given checks.
extension LoginService {
  func hear(_ arrival: WorkerLink.Arrival, from worker: WorkerID) {
    switch arrival {
    case .message(.hello):
      if let link = workers[worker] { feed(.workerReady(worker, rights: link.rights)) }
    case .message(.verdict(let verdict)):
      feed(
        .workerAnswered(
          worker,
          WorkerAnswer(
            request: RequestID(verdict.id), verdict: verdict.verdict, leaving: verdict.leaving)))
    case .nonsense(let error):
      surroundings.log(.workerMisspoke(worker, error))
      feed(.workerMisspoke(worker))
    case .gone: forget(worker)
    }
  }

  func forget(_ worker: WorkerID) {
    workers.removeValue(forKey: worker)?.close()
    feed(.workerGone(worker))
  }

  func give(
    _ request: RequestID, _ mechanism: MechanismName, _ subject: LoginSubject, to worker: WorkerID
  ) {
    guard let connection = connections[request] else { preconditionFailure("nobody asked for this") }
    guard let password = connection.password.take() else {
      preconditionFailure("there is a slot for every password that may wait")
    }
    guard let link = workers[worker] else { return events.append(.workerGone(worker)) }
    CheckFrame.encode(
      id: request.number, mechanism: mechanism, subject: subject, password: password, into: &scratch)
    let sent = link.send(scratch)
    scratch.clear()
    connection.password = consume password
    if !sent { events.append(.workerMisspoke(worker)) }
  }
}
