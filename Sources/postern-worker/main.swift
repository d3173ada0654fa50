import Settings
import WorkerRuntime

WorkerProgram.run { Settings() }
