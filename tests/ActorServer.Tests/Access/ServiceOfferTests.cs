using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using ActorNet.Server.Tests.Connections;

namespace ActorNet.Server.Tests.Access;

public sealed class ServiceOfferTests
{
    private static readonly Dictionary<string, ServiceDefinition> Services = new[]
    {
        Service("exec", Verb.ExecRun, Verb.ExecShell), Service("chat", Verb.ChatJoin), Service("account"),
    }.ToDictionary(service => service.Name);

    private static ServiceDefinition Service(string name, params Verb[] verbs) =>
        new(name, TestLimits.Window, _ => throw new InvalidOperationException()) { Access = new ServiceAccess(verbs, _ => null) };

    [Fact]
    public void An_account_sees_the_services_it_has_some_right_for()
    {
        Assert.Equal(["account", "chat", "exec"], ServiceOffer.For(Services, Rights.All));
        Assert.Equal(["account", "exec"], ServiceOffer.For(Services, new Rights(["exec.run:ls"], [])));
        Assert.Equal(["account"], ServiceOffer.For(Services, Rights.None));
    }

    [Fact]
    public void A_service_that_does_not_say_who_may_use_it_is_offered_to_nobody()
    {
        var forgotten = new ServiceDefinition("forgotten", TestLimits.Window, _ => throw new InvalidOperationException());
        var services = new Dictionary<string, ServiceDefinition> { ["forgotten"] = forgotten };

        Assert.Empty(ServiceOffer.For(services, Rights.All));
        Assert.Equal(ErrorCode.NotFound, ServiceOffer.Refusal(services, "forgotten", Rights.All)!.Code);
    }

    [Fact]
    public void What_is_not_there_and_what_is_not_for_it_are_refused_alike()
    {
        var rights = new Rights(["chat.join:lobby"], []);

        var refused = ServiceOffer.Refusal(Services, "exec", rights);

        Assert.Equal(ErrorCode.NotFound, refused!.Code);
        Assert.Equal("there is no such service; this account may use account, chat", refused.Message);
        Assert.Equal(refused, ServiceOffer.Refusal(Services, "nonsense", rights));
        Assert.Null(ServiceOffer.Refusal(Services, "chat", rights));
    }

    [Fact]
    public void An_attempt_is_what_it_would_have_taken_or_else_the_service()
    {
        var made = new Demand(Verb.ExecRun, "rm");
        Assert.Equal(made, AttemptAt(_ => made));
        Assert.Equal(new Demand(Verb.ExecShell), AttemptAt(_ => null));
        Assert.Equal(new Demand(Verb.ExecShell), AttemptAt(_ => throw new ProtocolViolationException(ErrorCode.Invalid, "neither argv nor shell")));
        Assert.Null(ServiceOffer.AttemptOf(Services, new OpenChannel("nonsense", 0)));
        Assert.Null(ServiceOffer.AttemptOf(Services, new OpenChannel("account", 0)));

        static Demand? AttemptAt(Func<OpenChannel, Demand?> opening) => ServiceOffer.AttemptOf(
            new Dictionary<string, ServiceDefinition>
            {
                ["exec"] = Service("exec") with { Access = new ServiceAccess([Verb.ExecShell], opening) },
            },
            new OpenChannel("exec", 0));
    }

    [Fact]
    public void An_account_for_which_there_is_nothing_is_told_whom_to_ask()
    {
        var refused = ServiceOffer.Refusal(new Dictionary<string, ServiceDefinition> { ["exec"] = Services["exec"] }, "exec", Rights.None);

        Assert.Contains("ask who runs the node", refused!.Message, StringComparison.Ordinal);
    }
}
