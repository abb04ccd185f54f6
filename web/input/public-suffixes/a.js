/*! The public suffix list of publicsuffix.org, cut down. Mozilla Public License 2.0. */
// Made by tests/web/fixtures/public-suffix-list.js; what it means is in ../public-suffix.js.

/** A line for each top-level domain. */
export const SUFFIXES = `
ac drr feedback forms sch
academy official
ae sch
ag nom obj
ai apps.devs framer kiloapps off uwu
am *.2na 2na commune radio
ao ed gv it og pb
apple *.ap-north-1.r.cloud.int *.ap-south-1.r.cloud.int *.ap-south-2.r.cloud.int *.cloud.int *.eu-central-1.r.cloud.int *.eu-north-1.r.cloud.int *.r.cloud.int *.us-central-1.r.cloud.int *.us-central-2.r.cloud.int *.us-east-1.r.cloud.int *.us-east-2.r.cloud.int *.us-west-1.r.cloud.int *.us-west-2.r.cloud.int *.us-west-3.r.cloud.int ap-north-1.r.cloud.int ap-south-1.r.cloud.int ap-south-2.r.cloud.int cloud.int eu-central-1.r.cloud.int eu-north-1.r.cloud.int int r.cloud.int us-central-1.r.cloud.int us-central-2.r.cloud.int us-east-1.r.cloud.int us-east-2.r.cloud.int us-west-1.r.cloud.int us-west-2.r.cloud.int us-west-3.r.cloud.int
ar bet coop gob int musica mutual seg senasa tur
army dns v6
arpa e164 home in-addr ip6 iris uri urn
asia cloudns daemon dix
at *.ex.futurecms *.futurecms *.in.futurecms 123webseite 12hp 2ix 4 4lima dnshome ex.futurecms futurecms futurehosting futuremailing gv in.futurecms lima-city my myspreadshop or priv sth.ac wien.funkfeuer
au act act.edu asn catholic.edu conf id mel.cloudlets.com myspreadshop.com nsw nsw.edu nt nt.edu oz qld qld.edu qld.gov sa sa.edu sa.gov tas tas.edu tas.gov vic vic.edu vic.gov wa wa.edu wa.gov
az biz info int name pp pro
ba rs shop.brendly
bar resolve
basketball aus nz
bb biz info store tv
bd ai id info it sch tv
be *.transurl 123website cloud.interhostsolutions cloudns ezproxy.kuleuven my myspreadshop site.webhosting transurl webhosting
berlin ddns
bg 0 1 2 3 4 5 6 7 8 9 a b barsy c d e f g h i j k l m n o p q r s t u v w x y z
bi or
biz activetrail cloud-ip cloudns dscloud dyndns for-better for-more for-some for-the jozi mmafan myftp no-ip orx selfip webhop
bj africa agro architectes assur avocats eco econo info loisirs money ote restaurant resto tourism univ
bo academia agro arte blog bolivia ciencia cooperativa democracia deporte ecologia economia empresa gob ia indigena industria info int medicina movimiento musica natural nombre noticias patria plurinacional politica profesional pueblo revista salud tecnologia tksat transporte tv web wiki
box sail
br *.nom 9guacu abc ac.gov ac.leg adm adv agr aju al.gov al.leg am am.gov am.leg anani ap.gov ap.leg aparecida api app arq art ato b ba.gov ba.leg barueri belem bet bhz bib bio blog bmd boavista bsb campinagrande campinas caxias ce.gov ce.leg cim cng cnt contagem coop coz cri cuiaba curitiba def des det dev df.gov df.leg ecn eco emp enf eng es.gov es.leg esp etc eti far feira flog floripa fm fnd fortal fot foz fst g12 geo ggf go.gov go.leg goiania gru ia imb ind inf jab jampa jdf joinville jor jus leg leilao lel log londrina ma.gov ma.leg macapa maceio manaus maringa mat med mg.gov mg.leg morena mp ms.gov ms.leg mt.gov mt.leg mus natal niteroi nom not ntr odo ong osasco pa.gov pa.leg palmas pb.gov pb.leg pe.gov pe.leg pi.gov pi.leg poa ppg pr.gov pr.leg pro psc psi pvh qsl radio rec recife rep ribeirao rio riobranco riopreto rj.gov rj.leg rn.gov rn.leg ro.gov ro.leg rr.gov rr.leg rs.gov rs.leg salvador sampa santamaria santoandre saobernardo saogonca sc.gov sc.leg se.gov se.leg seg simplesite.com sjc slg slz social sorocaba sp.gov sp.leg srv taxi tc tche tec teo the tmp to.gov to.leg trd tur tv udi vet vix vlog wiki xyz zlg
bs we
build shiptoday v0 windsurf
builders cloudsite
business co
by mediatech of
bz gsj mydns za
`;

/** The same; a line of one word is about the whole top-level domain. */
export const MIXED = `
aero
app
at ortsinfo
aws
bot grok
`;
