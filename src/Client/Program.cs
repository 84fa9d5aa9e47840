using System.Globalization;
using System.Runtime.InteropServices;
using ActorNet.Client;
using ActorNet.Client.Commands;
using ActorNet.Client.Terminal;

// Numbers look the same on every machine: scripts read them.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var io = CommandIo.OfProcess();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
{
    signal.Cancel = true;
    io.Interrupts.Interrupt();
});
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    io.Interrupts.Stop(ExitCodes.Terminated);
});
return await CommandLine.RunAsync(args, io);
