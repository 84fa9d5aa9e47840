using ActorNet.Protocol;
using ActorNet.Server.Chat;

namespace ActorNet.Server.Tests.Chat;

public sealed class MemberNameTests
{
    [Theory]
    [InlineData("Alice")]
    [InlineData("Alice Smith")]
    [InlineData("O'Neil (ops)")]
    [InlineData("山田 太郎")]
    [InlineData("محمد")]
    [InlineData("Zoe\u0308 😀")]
    public void What_can_be_seen_may_be_shown(string name) => Assert.Null(MemberName.Check(name, 64));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a  b")]
    [InlineData("a\tb")]
    [InlineData("a\nb")]
    [InlineData("a\u001b]0;x\u0007")]
    [InlineData("a\u007f")]
    [InlineData("a\u009b31m")]
    [InlineData("a\u202eb")]
    [InlineData("a\u2068b")]
    [InlineData("a\u200bb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u3000b")]
    [InlineData("a\ue000")]
    public void What_cannot_is_refused(string name)
    {
        var problem = MemberName.Check(name, 64);

        Assert.Equal(ErrorCode.Invalid, problem?.Code);
        Assert.DoesNotContain(problem!.Message, char.IsControl);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void The_limit_counts_bytes(int bytes, bool valid)
    {
        Assert.Equal(valid, MemberName.Check(new string('a', bytes), 64) is null);
        Assert.Equal(valid, MemberName.Check("é" + new string('a', bytes - 2), 64) is null);
    }
}
