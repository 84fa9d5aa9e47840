using ActorNet.Protocol.Auth;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Auth;

/// <summary>Base of specs with the real accounts: connections on benches, the book in the test's hand.</summary>
public abstract class LoginSpec : ActorSpec
{
    private protected static readonly ChannelBinding Exporter = new(ChannelBinding.TlsExporter, new byte[] { 1, 2, 3, 4 });

    private protected static readonly TransportProtection Tls = new(
        "TLS 1.3", [Exporter, new ChannelBinding(ChannelBinding.TlsServerEndPoint, new byte[] { 5, 6, 7, 8 })]);

    protected LoginSpec() => Accounts = StartAccounts();

    private protected IActorRef Accounts { get; }

    private protected IActorRef StartAccounts(LoginSettings? settings = null)
    {
        var book = TestAccounts.Book(TestAccounts.Alice, TestAccounts.Bob);
        var login = settings ?? TestLimits.Login;
        return Sys.ActorOf(Props.Create(() => new AccountsActor(book, login, TestAccounts.Iterations, TestAccounts.RightsOf)));
    }

    /// <summary>A connection that has greeted.</summary>
    private protected ConnectionBench Greeted(TransportProtection? protection = null, IActorRef? accounts = null, IActorRef? audit = null) =>
        new ConnectionBench(this, accounts: accounts ?? Accounts, protection: protection, audit: audit).Greet();

    /// <summary>The store says that these are all accounts.</summary>
    private protected void Change(params Account[] accounts) => Accounts.Tell(new AccountsChanged(TestAccounts.Book(accounts)));

    private protected Session[] Sessions()
    {
        Accounts.Tell(ListSessions.Instance);
        return [.. ExpectMsg<SessionList>().Sessions];
    }
}
