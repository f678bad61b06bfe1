using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mes.Standalone;

/// <summary>
/// HTTPS on the LAN without the internet: a certificate authority of the installation's own, which a device is told to trust
/// once, and a certificate for this machine's names and addresses, made anew when it nears its end.
/// </summary>
static class LanCertificate
{
    static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(3650);
    static readonly TimeSpan ServerLife = TimeSpan.FromDays(390);       // browsers refuse server certificates of over 398 days

    /// <summary>This machine's name on the LAN.</summary>
    public static string HostName => Dns.GetHostName();

    /// <summary>A certificate for this machine, signed by the data folder's authority.</summary>
    public static X509Certificate2 Load(string dataFolder)
    {
        using var authority = Authority(dataFolder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={HostName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(Names());
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(authority, now.AddDays(-1), now + ServerLife, RandomNumberGenerator.GetBytes(16));
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>The authority's certificate, without its key: what a device is told to trust.</summary>
    public static byte[] AuthorityOf(string dataFolder)
    {
        using var authority = Authority(dataFolder);
        return authority.Export(X509ContentType.Cert);
    }

    static X509Certificate2 Authority(string dataFolder)
    {
        var file = Path.Combine(dataFolder, "authority.pfx");
        if (!File.Exists(file))
        {
            File.WriteAllBytes(file, []);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
            File.WriteAllBytes(file, MakeAuthority());
        }
        return X509CertificateLoader.LoadPkcs12FromFile(file, null);
    }

    static byte[] MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Mes authority of {HostName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + AuthorityLife);
        return certificate.Export(X509ContentType.Pkcs12);
    }

    static X509Extension Names()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(HostName);
        names.AddDnsName($"{HostName}.local");
        names.AddIpAddress(IPAddress.Loopback);
        foreach (var address in NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(nic => nic.GetIPProperties().UnicastAddresses))
        {
            names.AddIpAddress(address.Address);
        }
        return names.Build();
    }
}
