import Credentials

/// saslauthd 2.1.28's own texts, byte for byte: scripts and administrators look for them.
enum SaslauthdText {
  static let version = """
    saslauthd 2.1.28
    authentication mechanisms: \(MechanismName.allCases.map(\.rawValue).joined(separator: " "))


    """

  static let usage = """
    usage: saslauthd [options]

    option information:
      -a <authmech>  Selects the authentication mechanism to use.
      -c             Enable credential caching.
      -d             Debugging (don't detach from tty, implies -V)
      -r             Combine the realm with the login before passing to authentication mechanism
                     Ex. login: "foo" realm: "bar" will get passed as login: "foo@bar"
                     The realm name is passed untouched.
      -O <option>    Optional argument to pass to the authentication
                     mechanism.
      -l             Disable accept() locking. Increases performance, but
                     may not be compatible with some operating systems.
      -m <path>      Alternate path for the saslauthd working directory,
                     must be absolute.
      -n <procs>     Number of worker processes to create.
      -s <kilobytes> Size of the credential cache (in kilobytes)
      -t <seconds>   Timeout for items in the credential cache (in seconds)
      -v             Display version information and available mechs
      -V             Enable verbose logging
      -h             Display this message.


    """ + version
}
