// PAMStack
