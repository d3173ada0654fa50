// OperatorTool
