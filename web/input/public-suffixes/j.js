/*! The public suffix list of publicsuffix.org, cut down. Mozilla Public License 2.0. */
// Made by tests/web/fixtures/public-suffix-list.js; what it means is in ../public-suffix.js.

/** A line for each top-level domain. */
export const SUFFIXES = `
je of
jm *
jo agri ai eng fm per phd sch tv
jp *.kawasaki *.kitakyushu *.kobe *.nagoya *.sapporo *.sendai *.yokohama 0am 0g0 0j0 0t0 2-d ad aichi akita angry aomori babyblue babymilk backdrop bambina bitter blush bona boo boy boyfriend but buyshop candypop capoo catfood cheap chiba chicappa chillout chips chowder chu ciao cocotte coolblog cranky crap cutegirl daa daynight deca deci digick ed eek egoism ehime fakefur fashionstore fem flier flop floppy fool frenchkiss fukui fukuoka fukushima gehirn.ne gifu girlfriend girly gloomy go gonna gr greater gunma hacca halfmoon handcrafted hateblo hatenablog hatenadiary heavy her hiho hippy hiroshima hokkaido holy hungry hyogo ibaraki icurus ishikawa itigo ivory.ne iwate jeez jellybean kagawa kagoshima kanagawa kawaiishop kawasaki kikirara kill kilo kitakyushu kobe kochi kumamoto kuron kyoto lg littlestar lolipopmc lolitapunk lomo lovepop lovesick mail-box.ne main matrix mie mimoza mints.ne miyagi miyazaki mods mokuren.ne mond mongolian moo mydns nagano nagasaki nagoya namaste nara ne netgamers niigata nikita nobushi noor nyanta o0o0 oita okayama okinawa oops opal.ne or osaka parallel parasite pecori peewee penne pepper perma pgw pigboat pinoko punyu pupu pussycat pya raindrop rdy readymade rgr rulez sadist saga saitama sakura.ne saloon sapporo sblo schoolbus secret sendai shiga shimane shizuoka skr staba stripper sub sumomo.ne sunnyday supersale tank theshop thick tochigi tokushima tokyo tonkotsu topaz.ne tottori toyama uh-oh under undo upper user.aseinet.ne usercontent velvet verse versus vivian wakayama watson weblike websozai whitesnow wjg xii xn--0trq7p7nn xn--1ctwo xn--1lqs03n xn--1lqs71d xn--2m4a15e xn--32vp30h xn--4it168d xn--4it797k xn--4pvxs xn--5js045d xn--5rtp49c xn--5rtq34k xn--6btw5a xn--6orx2r xn--7t0a264c xn--8ltr62k xn--8pvr4u xn--c3s14m xn--d5qv7z876c xn--djrs72d6uy xn--djty4k xn--efvn9s xn--ehqz56n xn--elqq16h xn--f6qx53a xn--k7yn95e xn--kbrq7o xn--klt787d xn--kltp7d xn--kltx9a xn--klty5x xn--mkru45i xn--nit225k xn--ntso0iqx3a xn--ntsq17g xn--pssu33l xn--qqqt11m xn--rht27z xn--rht3d xn--rht61e xn--rny31h xn--tor131o xn--uist22h xn--uisz3g xn--uuwu58a xn--vgu402c xn--zbx025d yamagata yamaguchi yamanashi yokohama zombie
ke go info me mobi ne or sc
kg ae us xx
ki biz info
km ass asso coop gouv medecin nom notaires pharmaciens prd presse tm veterinaire
kp rep tra
kr ai busan c01 chungbuk chungnam daegu daejeon eliv-api eliv-cdn eliv-dns es gangwon go gwangju gyeongbuk gyeonggi gyeongnam hs incheon io it jeju jeonbuk jeonnam kg me mmv ms ne or pe re sc seoul ulsan vki
krd co edu
kw emb ind
kz jcloud
la bnr info int per
lc oy
limo *.eth eth
link *.dweb *.eth *.inbrowser canva cyon dweb eth inbrowser ipfs.nftstorage ipfs.storacha ipfs.w3s joinmc keenetic myfritz mypep
live *.ewp aem ewp hlx
lk assn grp hotel int ltd ngo sch soc web
lol omg
ls biz info sc
lu 123website
lv asn conf id
ly id med plc sch
ma press
mc asso tm
md ir
me barsy brasilia c66 craft ddns diskstation dnsfor dscloud edgestack filegear-sg filegear grok hopto i234 its loginto lohmus mcdir mybox myds nohost noip opencloud priv seprox.hooc site.transip soundcast synology tcp4 vp4 webhop xwx
media framer
menu barsy barsyonline
mg nom prd
mk inf name
ml art asso gouv info inst pr presse
mm *
mn nyc
mobi barsy dscloud
mp ju
ms minisite
mu or
mv aero biz coop info int museum name pro
mw biz coop int
mx gob
my biz name
mz adv
`;

/** The same; a line of one word is about the whole top-level domain. */
export const MIXED = `
jp hokkaido osaka chiba yamaguchi nagano tokyo niigata okinawa kanagawa ehime hyogo aichi shiga fukushima tokushima shimane okayama kochi akita kagoshima kumamoto ibaraki ishikawa nara gunma gifu aomori shizuoka saitama saga wakayama mie toyama yamagata hiroshima tochigi fukuoka miyazaki kyoto kagawa oita nagasaki tottori yamanashi fukui iwate miyagi webaccel sakurastorage
`;
