using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ActorNet.Compat.Tests.Hosting;

public sealed class ExtensionsTests
{
    [Fact]
    public async Task An_extension_is_started_with_the_system()
    {
        await using var host = await AkkaHost.StartAsync(akka => akka.WithExtension<FirstProvider>());

        Assert.True(host.System.HasExtension<First>());
    }

    [Fact]
    public async Task Extensions_named_in_hocon_are_started_too()
    {
        await using var host = await AkkaHost.StartAsync(akka => akka
            .AddHocon($"akka.extensions = [\"{typeof(SecondProvider).AssemblyQualifiedName}\"]", HoconAddMode.Append)
            .WithExtensions(typeof(FirstProvider), typeof(FirstProvider)));

        Assert.True(host.System.HasExtension<First>());
        Assert.True(host.System.HasExtension<Second>());
    }

    [Theory]
    [InlineData(typeof(string))]
    [InlineData(typeof(IExtensionId))]
    [InlineData(typeof(ExtensionIdProvider<First>))]
    public void A_type_that_cannot_be_an_extension_is_refused(Type type)
    {
        var builder = new AkkaConfigurationBuilder(new ServiceCollection(), "refused");

        Assert.Throws<ConfigurationException>(() => builder.WithExtensions(type));
    }

    public sealed class First : IExtension;

    public sealed class FirstProvider : ExtensionIdProvider<First>
    {
        public override First CreateExtension(ExtendedActorSystem system) => new();
    }

    public sealed class Second : IExtension;

    public sealed class SecondProvider : ExtensionIdProvider<Second>
    {
        public override Second CreateExtension(ExtendedActorSystem system) => new();
    }
}
