using ActorNet.Server.Access;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace ActorNet.Server.Tests.Access;

/// <summary>What holds of all rights, whatever they are made of.</summary>
public sealed class RightsPropertyTests
{
    private static readonly Gen<string> Names = Gen.Elements("a", "b", "ab", "ops-1", "é", "*", "?", "a*", "*b", "a?b");

    private static readonly Gen<string> Paths =
        Gen.Elements("a", "b", "ab", "*", "a*", "**").ListOf().Select(names => "/" + string.Join('/', names));

    private static readonly Gen<string> Patterns = Gen.OneOf(
        Gen.Elements("*", "chat.*", "file.*", "exec.*", "exec.shell", "echo.open", "exec.run", "admin.*"),
        Names.Select(name => $"chat.join:{name}"),
        Names.Select(name => $"exec.run:{name}"),
        Paths.Select(path => $"exec.run:{path}"),
        Paths.Select(path => $"file.read:{path}"),
        Paths.Select(path => $"file.write:{path}"),
        Paths.Select(path => $"file.*:{path}"));

    private static readonly Gen<Demand> Demands = Gen.OneOf(
        Gen.Elements(new Demand(Verb.EchoOpen), new Demand(Verb.ExecShell), new Demand(Verb.AdminSessions)),
        Names.Select(name => new Demand(Verb.ChatJoin, name)),
        Gen.OneOf(Names, Paths, Gen.Constant("/a/../b")).Select(program => new Demand(Verb.ExecRun, program)),
        Paths.Select(path => new Demand(Verb.FileRead, path)),
        Paths.Select(path => new Demand(Verb.FileWrite, path)));

    private static readonly Gen<(List<string> Allow, List<string> Deny, string More, Demand Demand)> Cases =
        from allow in Patterns.ListOf()
        from deny in Patterns.ListOf()
        from more in Patterns
        from demand in Demands
        select (allow.ToList(), deny.ToList(), more, demand);

    // The same cases in every run.
    private static Config Checked(int runs) => Config.QuickThrowOnFailure.WithMaxTest(runs)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20_260_131, 4_255), FSharpOption<int>.None)));

    private static void ForAll(Func<(List<string> Allow, List<string> Deny, string More, Demand Demand), bool> holds) =>
        Prop.ForAll(Arb.From(Cases), holds).Check(Checked(2000));

    [Fact]
    public void What_is_denied_is_denied_whatever_allows_it() => ForAll(c =>
        !new Rights([c.More], []).Allows(c.Demand) || !new Rights([.. c.Allow, "*"], [.. c.Deny, c.More]).Allows(c.Demand));

    [Fact]
    public void What_nothing_allows_is_denied() => ForAll(c => !new Rights([], c.Deny).Allows(c.Demand));

    [Fact]
    public void To_allow_more_takes_nothing_away() => ForAll(c =>
        !new Rights(c.Allow, c.Deny).Allows(c.Demand) || new Rights([.. c.Allow, c.More], c.Deny).Allows(c.Demand));

    [Fact]
    public void To_deny_more_gives_nothing() => ForAll(c =>
        new Rights(c.Allow, c.Deny).Allows(c.Demand) || !new Rights(c.Allow, [.. c.Deny, c.More]).Allows(c.Demand));

    [Fact]
    public void Whoever_may_something_is_offered_its_service() => ForAll(c =>
        !new Rights(c.Allow, c.Deny).Allows(c.Demand) || new Rights(c.Allow, c.Deny).AllowsAny(c.Demand.Verb));

    [Fact]
    public void Any_text_is_a_right_or_a_format_error() => Prop.ForAll<string, string, string>((name, pattern, scope) =>
    {
        foreach (var text in new[] { name ?? "", $"chat.join:{pattern}", $"exec.run:{pattern}", $"file.read:/{pattern}" })
        {
            try
            {
                foreach (var verb in Verbs.All) new Rights([text], [text]).Allows(verb, scope ?? "");
            }
            catch (FormatException)
            {
                // A pattern that cannot be read says so.
            }
        }
    }).Check(Checked(1000));
}
