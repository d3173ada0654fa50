// SaslauthdProtocol
