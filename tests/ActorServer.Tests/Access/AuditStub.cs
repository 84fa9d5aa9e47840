using ActorNet.Server.Audit;
using Akka.Actor;

namespace ActorNet.Server.Tests.Access;

/// <summary>Stands for the audit where a test is about something else: everything is written down at once.</summary>
internal sealed class AuditStub : ReceiveActor
{
    public AuditStub()
    {
        Receive<NoteFirst>(message => Sender.Tell(new Noted(message.Tag)));
        Receive<Note>(_ => { });
    }
}
