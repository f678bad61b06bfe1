using Mes.Scheduling.Cli;

return CommandLine.Run(args, Console.Out, Console.Error);
