using ActorNet.Server.Hosting;

return await ServerCommandLine.RunAsync(args, new ServerConsole(Console.Out, Console.Error));
