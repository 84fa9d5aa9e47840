using ActorNet.Protocol;
using ActorNet.Server.Chat;

namespace ActorNet.Server.Tests.Chat;

public sealed class RoomNameTests
{
    [Theory]
    [InlineData("lobby")]
    [InlineData("Lobby")]
    [InlineData("7")]
    [InlineData("a-b_c.d")]
    [InlineData("комната")]
    [InlineData("部屋")]
    [InlineData("caf\u00e9")]
    [InlineData("कमरा")]
    [InlineData("٣")]
    public void Letters_and_digits_of_any_script_make_a_name(string text)
    {
        Assert.True(RoomName.TryParse(text, 64, out var name, out var problem));
        Assert.Equal(text, name.Value);
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("a\u00a0b")]
    [InlineData("a\u2003b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u001b[31m")]
    [InlineData("a\u0085b")]
    [InlineData("a\u202eb")]
    [InlineData("a\u2066b")]
    [InlineData("a\u200fb")]
    [InlineData("a\u200bb")]
    [InlineData("a\ufeffb")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("#lobby")]
    [InlineData("a%b")]
    [InlineData("😀")]
    [InlineData("a\ue000")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("-a")]
    [InlineData("_a")]
    [InlineData("\u0301a")]
    [InlineData("cafe\u0301")]
    [InlineData("a\ud800")]
    public void Anything_else_does_not(string text)
    {
        Assert.False(RoomName.TryParse(text, 64, out var name, out var problem));
        Assert.Null(name);
        Assert.Equal(ErrorCode.Invalid, problem.Code);
        Assert.DoesNotContain(problem.Message, char.IsControl);
    }

    [Theory]
    [InlineData('a', 64, true)]
    [InlineData('a', 65, false)]
    [InlineData('д', 32, true)]
    [InlineData('д', 33, false)]
    public void The_limit_counts_bytes(char letter, int count, bool valid) =>
        Assert.Equal(valid, RoomName.TryParse(new string(letter, count), 64, out _, out _));

    [Theory]
    [InlineData("lobby", "room-lobby")]
    [InlineData("a-b_c.d", "room-a-b_c.d")]
    [InlineData("é", "room-%C3%A9")]
    public void Its_actor_is_named_after_it(string text, string actor)
    {
        Assert.True(RoomName.TryParse(text, 64, out var name, out _));
        Assert.Equal(actor, name.ActorName);
        Assert.True(Akka.Actor.ActorPath.IsValidPathElement(name.ActorName));
    }

    [Fact]
    public void Case_makes_another_room()
    {
        RoomName.TryParse("Lobby", 64, out var upper, out _);
        RoomName.TryParse("lobby", 64, out var lower, out _);

        Assert.NotEqual(upper, lower);
    }
}
